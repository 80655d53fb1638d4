namespace IntegrationHub.Vocabulary;

/// <summary>Which of day and month is written first.</summary>
public enum DateOrder
{
    /// <summary>31/12/1985.</summary>
    DayFirst,

    /// <summary>12/31/1985.</summary>
    MonthFirst,
}
