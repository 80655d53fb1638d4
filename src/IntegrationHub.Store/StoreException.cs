namespace IntegrationHub.Store;

/// <summary>The database cannot be used; the message names it and the cure. Nothing of the transaction that failed was kept.</summary>
public sealed class StoreException : Exception
{
    /// <summary>For a person to act on.</summary>
    public StoreException(string message) : base(message) { }

    /// <summary>For a person to act on, with the cause.</summary>
    public StoreException(string message, Exception inner) : base(message, inner) { }
}
