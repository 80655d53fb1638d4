using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace IntegrationHub.Connect.Http;

/// <summary>
/// The one kind of pipeline that every call of every connector takes, from the outside in: errors put into words, a total time-out, retries,
/// the vendor's pace, a circuit breaker, a time-out an attempt, the answer taken whole, the guard over addresses.
/// </summary>
public static partial class ConnectHttp
{
    /// <summary>The name of the factory's client. Connectors get at it through <see cref="SourceCalls.Api"/>.</summary>
    public const string ClientName = "connect";

    /// <summary>A source that asks for more patience than this is left for a later run: the cursor is saved, nothing is lost.</summary>
    public static TimeSpan LongestWait { get; } = TimeSpan.FromMinutes(5);

    internal static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(100);
    internal static readonly TimeSpan TotalTimeout = TimeSpan.FromMinutes(20);

    private const int Retries = 8;
    private const int RetriesOfConnection = 4;
    private const int RetriesOfCheck = 1;

    /// <summary>Registers the client. All waits and time-outs go by <paramref name="time"/>.</summary>
    public static IServiceCollection AddConnectHttp(this IServiceCollection services, TimeProvider time)
    {
        services.AddSingleton<AccountPaces>();
        var client = services.AddHttpClient(ClientName, c => c.Timeout = Timeout.InfiniteTimeSpan).RemoveAllLoggers();
        client.SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        client.ConfigurePrimaryHttpMessageHandler(PrivateAddresses.GuardedHandler);
        client.AddHttpMessageHandler(() => new FaultHandler());
        client.AddResilienceHandler("patience", (pipeline, _) => Patience(pipeline, time)).SelectPipelineBy(_ => BySource);
        client.AddHttpMessageHandler(services => new PaceHandler(services.GetRequiredService<AccountPaces>(), time));
        client.AddResilienceHandler("attempt", (pipeline, _) => Attempt(pipeline, time)).SelectPipelineBy(_ => BySource);
        client.AddHttpMessageHandler(() => new WholeAnswerHandler());
        return services;
    }

    /// <summary>The builder asks for the key of a bare request first, to warm up; that one belongs to no source.</summary>
    private static string BySource(HttpRequestMessage request) => request.Options.TryGetValue(SourceCalls.Key, out var calls) ? calls.Account : "";

    private static void Patience(ResiliencePipelineBuilder<HttpResponseMessage> pipeline, TimeProvider time)
    {
        pipeline.TimeProvider = time;
        pipeline.TelemetryListener = null;   // OnRetry says the same in words, and says which source
        pipeline.AddTimeout(TotalTimeout);
        pipeline.AddRetry(new RetryStrategyOptions<HttpResponseMessage>
        {
            MaxRetryAttempts = Retries,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = TimeSpan.FromSeconds(0.5),
            MaxDelay = TimeSpan.FromSeconds(30),
            ShouldHandle = args => ValueTask.FromResult(IsWorthRetrying(args.Outcome, args.Context.GetRequestMessage(), args.AttemptNumber)),
            DelayGenerator = args => ValueTask.FromResult(AskedWait(args.Outcome.Result, time.GetUtcNow())),
            OnRetry = args =>
            {
                if (args.Context.GetRequestMessage()?.Calls() is { } calls)
                    Retrying(calls.Log, calls.Source, Why(args.Outcome), args.RetryDelay.TotalSeconds, args.AttemptNumber + 1);
                return ValueTask.CompletedTask;
            },
        });
    }

    private static void Attempt(ResiliencePipelineBuilder<HttpResponseMessage> pipeline, TimeProvider time)
    {
        pipeline.TimeProvider = time;
        pipeline.TelemetryListener = null;
        pipeline.AddCircuitBreaker(new CircuitBreakerStrategyOptions<HttpResponseMessage>
        {
            FailureRatio = 0.9,
            MinimumThroughput = 30,
            SamplingDuration = TimeSpan.FromMinutes(1),
            BreakDuration = TimeSpan.FromSeconds(30),
            ShouldHandle = args => ValueTask.FromResult(IsFailure(args.Outcome)),
        });
        pipeline.AddTimeout(AttemptTimeout);
    }

    private static bool IsFailure(Outcome<HttpResponseMessage> outcome) =>
        outcome.Exception is HttpRequestException or TimeoutRejectedException
        || outcome.Result is { } answer && ((int)answer.StatusCode >= 500 || answer.StatusCode == HttpStatusCode.RequestTimeout);

    private static bool IsWithoutConnection(Exception? failure) => failure is HttpRequestException
    {
        HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError,
    };

    private static bool IsWorthRetrying(Outcome<HttpResponseMessage> outcome, HttpRequestMessage? request, int attempt)
    {
        if (request is null || !IsIdempotent(request)) return false;
        if (request.Calls().Brief && attempt >= RetriesOfCheck) return false;
        if (IsWithoutConnection(outcome.Exception)) return attempt < RetriesOfConnection;
        if (outcome.Result is not null && request.Options.TryGetValue(CallMarks.WasThrottled, out var throttled))
            return throttled.Stop is null && (throttled.Wait ?? TimeSpan.Zero) <= LongestWait;
        return IsFailure(outcome);
    }

    private static bool IsIdempotent(HttpRequestMessage request) =>
        request.Method == HttpMethod.Get || request.Method == HttpMethod.Head || request.Options.TryGetValue(CallMarks.IsIdempotent, out var marked) && marked;

    private static TimeSpan? AskedWait(HttpResponseMessage? answer, DateTimeOffset now)
    {
        if (answer is null) return null;
        var throttled = answer.RequestMessage is { } request && request.Options.TryGetValue(CallMarks.WasThrottled, out var told) ? told : null;
        var asked = throttled is null ? RetryAfter.Of(answer, now) : throttled.Wait;
        return asked <= LongestWait ? asked : null;
    }

    private static string Why(Outcome<HttpResponseMessage> outcome) =>
        outcome.Result is { } answer ? $"answered {(int)answer.StatusCode}"
        : outcome.Exception is TimeoutRejectedException ? "did not answer in time"
        : "could not be reached";

    [LoggerMessage(1101, LogLevel.Information, "Source {Source} {Why}; trying again in {Seconds:0.0} s (retry {Retry})")]
    private static partial void Retrying(ILogger log, string source, string why, double seconds, int retry);
}

/// <summary>One pace an account, however many connector instances use it.</summary>
internal sealed class AccountPaces : IDisposable
{
    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, Lazy<Pace>> byAccount = new(StringComparer.Ordinal);

    public Pace Of(SourceCalls calls) => byAccount.GetOrAdd(calls.Account, _ => new Lazy<Pace>(calls.MakePace)).Value;

    public void Dispose()
    {
        foreach (var pace in byAccount.Values)
            if (pace.IsValueCreated && pace.Value is IDisposable disposable) disposable.Dispose();
    }
}
