using System.Net.Mime;
using System.Text;

namespace IntegrationHub.Sandbox.Http;

/// <summary>What stands before every request to one vendor: token, limits, slowness, faults, in that order.</summary>
public abstract class Gate(string vendor, Faults faults, Limits? limits, TimeProvider time)
{
    private int answered;

    /// <summary>The vendor's name in URLs and controls.</summary>
    public string Vendor => vendor;

    /// <summary>The vendor's limits; null for none.</summary>
    protected Limits? Limits => limits;

    /// <summary>The clock that limits and changes run by.</summary>
    protected TimeProvider Time => time;

    /// <summary>The handler behind the gate.</summary>
    public RequestDelegate Guard(RequestDelegate handler) => async context =>
    {
        if (!Knows(context.Request))
        {
            await RefuseStranger(context);
            return;
        }
        if (limits is not null)
        {
            if (!await Admit(context)) return;
            try
            {
                var slow = limits.SlowEvery > 0 && Interlocked.Increment(ref answered) % limits.SlowEvery == 0;
                await Task.Delay(slow ? limits.Slow : limits.Latency, time, context.RequestAborted);
                await Handle(context, handler);
            }
            finally { Leave(context); }
            return;
        }
        await Handle(context, handler);
    };

    /// <summary>True when the request carries the sandbox's token.</summary>
    protected abstract bool Knows(HttpRequest request);

    /// <summary>Answers a request without a valid token.</summary>
    protected abstract Task RefuseStranger(HttpContext context);

    /// <summary>True when the limits let the request in; else it has been answered. Called only with limits on.</summary>
    protected abstract Task<bool> Admit(HttpContext context);

    /// <summary>The request that <see cref="Admit"/> let in has been answered.</summary>
    protected virtual void Leave(HttpContext context) { }

    /// <summary>Answers 500 in the vendor's words.</summary>
    protected abstract Task Fail(HttpContext context);

    private async Task Handle(HttpContext context, RequestDelegate handler)
    {
        switch (faults.Next(vendor))
        {
            case Fault.None:
                await handler(context);
                break;
            case Fault.Error:
                await Fail(context);
                break;
            case Fault.BadGateway:
                await Reply.Bytes(
                    context,
                    502,
                    "<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>"u8.ToArray(),
                    MediaTypeNames.Text.Html
                );
                break;
            case Fault.Unavailable:
                context.Response.StatusCode = 503;
                break;
            default:
                var body = context.Response.Body;
                await using (var lost = new MemoryStream())
                {
                    context.Response.Body = lost;
                    await handler(context);
                    await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
                    context.Response.Body = body;
                    await body.WriteAsync(lost.GetBuffer().AsMemory(0, (int)lost.Length / 2), context.RequestAborted);
                    await body.FlushAsync(context.RequestAborted);
                }
                context.Abort();
                break;
        }
    }

    /// <summary>Compares a secret without telling by time how much of it was right, as the vendors do.</summary>
    protected static bool Same(string? given, string expected) =>
        given is not null
        && System.Security.Cryptography.CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));
}
