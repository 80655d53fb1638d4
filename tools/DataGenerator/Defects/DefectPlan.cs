using IntegrationHub.DataGenerator.Randomness;

namespace IntegrationHub.DataGenerator.Defects;

/// <summary>How often each kind of defect is made, as a share of the people.</summary>
public sealed class DefectPlan
{
    /// <summary>The rate of kinds that none is given for.</summary>
    public const double DefaultRate = 0.01;

    private readonly double[] rates;

    private DefectPlan(double[] rates) => this.rates = rates;

    /// <summary>A plan with the given rates by kind; kinds without one have <see cref="DefaultRate"/>.</summary>
    /// <exception cref="ArgumentException">A kind is not known, a rate is no share, or they sum to more than 1; the message says which.</exception>
    public static DefectPlan Of(IReadOnlyDictionary<string, double> rates)
    {
        foreach (var (name, rate) in rates)
        {
            if (DefectKinds.All.All(k => k.Name != name)) throw new ArgumentException($"There is no kind of defect '{name}'. There are: {string.Join(", ", DefectKinds.All.Select(k => k.Name))}.");
            if (rate is not (>= 0 and <= 1)) throw new ArgumentException($"The rate {rate} of {name} is no share between 0 and 1.");
        }

        double[] all = [.. DefectKinds.All.Select(k => rates.TryGetValue(k.Name, out var rate) ? rate : DefaultRate)];
        if (all.Sum() > 1) throw new ArgumentException($"The rates sum to {all.Sum():0.##}: a record has one defect at most, so give lower ones.");
        return new DefectPlan(all);
    }

    /// <summary>The rate of a kind.</summary>
    public double RateOf(DefectKind kind)
    {
        for (var i = 0; i < rates.Length; i++)
            if (DefectKinds.All[i].Name == kind.Name) return rates[i];
        throw new ArgumentException($"{kind.Name} is not in the list of kinds.", nameof(kind));
    }

    /// <summary>The defect of one record; null for none.</summary>
    internal DefectKind? Pick(Dice dice)
    {
        var at = dice.Share();
        for (var i = 0; i < rates.Length; i++)
            if ((at -= rates[i]) < 0) return DefectKinds.All[i];
        return null;
    }
}
