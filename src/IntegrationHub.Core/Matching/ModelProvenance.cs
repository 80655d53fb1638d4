using System.Text.Json;

namespace IntegrationHub.Matching;

/// <summary>From which records a model was learnt, and how well that went.</summary>
/// <param name="At">When; handed in.</param>
/// <param name="Records">From so many records.</param>
/// <param name="Pairs">From so many candidate pairs.</param>
/// <param name="RandomPairs">With so many pairs taken at random, for how often strangers agree.</param>
/// <param name="Steps">Steps of the learning.</param>
/// <param name="Converged">False where the last step still changed a probability by more than the tolerance.</param>
/// <param name="LastChange">The greatest change of a probability in the last step.</param>
public sealed record LearntFrom(DateTimeOffset At, long Records, long Pairs, long RandomPairs, int Steps, bool Converged, double LastChange)
{
    internal static LearntFrom Read(JsonElement json) => new(
        json.GetProperty("at").GetDateTimeOffset(), json.GetProperty("records").GetInt64(), json.GetProperty("candidate pairs").GetInt64(), json.GetProperty("random pairs").GetInt64(),
        json.GetProperty("steps").GetInt32(), json.GetProperty("converged").GetBoolean(), json.GetProperty("last change").GetDouble());
}

/// <summary>By which decisions a model's calibration was fitted.</summary>
/// <param name="At">When; handed in.</param>
/// <param name="Decisions">How many pairs people had decided.</param>
public sealed record CalibratedBy(DateTimeOffset At, int Decisions)
{
    internal static CalibratedBy Read(JsonElement json) => new(json.GetProperty("at").GetDateTimeOffset(), json.GetProperty("decisions").GetInt32());
}

/// <summary>One level of a model, for a person to read.</summary>
/// <param name="Comparison">What is compared.</param>
/// <param name="Level">The level.</param>
/// <param name="M">P(level | same), in (0, 1].</param>
/// <param name="U">P(level | strangers), in (0, 1]; null where the value's own frequency stands in.</param>
/// <param name="Weight">log2(m/u) in bits against strangers alone; null with <paramref name="U"/>.</param>
/// <param name="Household">P(level | household).</param>
/// <param name="Colleague">P(level | colleagues); null where the value's own frequency stands in.</param>
public sealed record ModelLevel(string Comparison, string Level, double M, double? U, double? Weight, double? Household, double? Colleague);
