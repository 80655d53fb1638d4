using System.Diagnostics;
using System.Runtime.InteropServices;

namespace IntegrationHub.Benchmarks;

/// <summary>The processor's time of the calling thread: what other processes do meanwhile is not in it. Off Linux it is the clock.</summary>
internal static class ThreadClock
{
    private const int ThreadProcessorTime = 3;

    /// <summary>Milliseconds since some moment of this thread: only differences mean something.</summary>
    public static double Milliseconds =>
        OperatingSystem.IsLinux() && ClockGetTime(ThreadProcessorTime, out var time) == 0
            ? (time.Seconds * 1e3) + (time.Nanoseconds / 1e6)
            : Stopwatch.GetTimestamp() * 1e3 / Stopwatch.Frequency;

    /// <summary>CLOCK_THREAD_CPUTIME_ID of clock_gettime(2).</summary>
    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int ClockGetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
