namespace IntegrationHub.Store;

/// <summary>
/// Lets writers of one process take turns. What somebody waits for goes before what is done in bulk: an event does not wait behind all the batches of a sync, but for the one that is
/// being written. So that the bulk goes on too, one of it is let in after some of the others.
/// </summary>
internal sealed class WriterQueue
{
    private const int MostInARow = 16;

    private readonly Lock gate = new();
    private readonly LinkedList<TaskCompletionSource> first = [];
    private readonly LinkedList<TaskCompletionSource> second = [];
    private bool isBusy;
    private int inARow;

    /// <summary>Waits for the turn; <see cref="Leave"/> ends it.</summary>
    public async Task Enter(bool goesFirst, CancellationToken ct)
    {
        TaskCompletionSource own;
        LinkedListNode<TaskCompletionSource> place;
        lock (gate)
        {
            ct.ThrowIfCancellationRequested();
            if (!isBusy)
            {
                isBusy = true;
                return;
            }

            own = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            place = (goesFirst ? first : second).AddLast(own);
        }

        await using var stop = ct.Register(
            () =>
            {
                lock (gate)
                {
                    // Who has been let in meanwhile has the turn, and gives it on.
                    if (place.List is not { } list) return;
                    list.Remove(place);
                    own.TrySetCanceled(ct);
                }
            });
        await own.Task;
    }

    /// <summary>Gives the turn on.</summary>
    public void Leave()
    {
        lock (gate)
        {
            var next = second.First is not null && (first.First is null || inARow >= MostInARow) ? second : first;
            inARow = next == first && second.First is not null ? inARow + 1 : 0;
            if (next.First is { } node)
            {
                next.Remove(node);
                node.Value.TrySetResult();
            }
            else
            {
                isBusy = false;
            }
        }
    }
}
