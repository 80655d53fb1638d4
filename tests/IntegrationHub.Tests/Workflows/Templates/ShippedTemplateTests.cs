using System.Collections.Immutable;
using System.Diagnostics;
using IntegrationHub.Engine.Recipes;
using IntegrationHub.Tests.Recipes;
using IntegrationHub.Vocabulary;
using IntegrationHub.Workflows;
using static IntegrationHub.Tests.Workflows.Samples;

namespace IntegrationHub.Tests.Workflows;

public sealed class ShippedTemplateTests(Xunit.Abstractions.ITestOutputHelper output)
{
    private static readonly ImmutableDictionary<string, MessageTemplate> Shipped = TemplateFolder.Load(Path.Combine(Repository.Mappings, "templates"));

    public static TheoryData<string> Names => [.. Shipped.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_shipped_template_fits_a_contact_of_whom_everything_is_known(string name)
    {
        var message = Rendered(Shipped[name], Whole);
        Assert.DoesNotContain("{{", message.Subject + message.Html + message.Text);
        Assert.True(message.Channel == Channel.Sms || message.Subject.Length is > 5 and < 80, message.Subject);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_shipped_template_fits_a_contact_with_nothing_but_an_address(string name)
    {
        var bare = Data((Field.Email, "ada@engines.co.uk"), (Field.Phone, "+442071234567")) with { Cart = Cart, Order = Cart, Links = Whole.Links };
        Assert.DoesNotContain("  ", Rendered(Shipped[name], bare).Subject);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_link_that_a_shipped_template_names_is_in_the_shipped_settings(string name)
    {
        var identity = SenderFile.Load(Path.Combine(Repository.Mappings, "sender.yaml"));
        Assert.Empty(Shipped[name].Links.Except(identity.Links.Keys));
        Assert.Empty(Shipped[name].Parameters);
    }

    [Fact]
    public void Each_template_of_the_five_workflows_is_there_and_in_the_docs()
    {
        string[] wanted =
        [
            "lead-nurture-1", "lead-nurture-2", "lead-nurture-3", "lead-nurture-clicked", "lead-nurture-4", "lead-nurture-5", "abandoned-cart-1h", "abandoned-cart-24h", "abandoned-cart-sms", "abandoned-cart-offer",
            "post-purchase-thank-you", "post-purchase-tip", "post-purchase-cross-sell", "post-purchase-review", "re-engagement-offer", "re-engagement-question", "re-engagement-last-word",
            "lead-qualification-rep", "lead-qualification-sla",
        ];
        Assert.Equal(wanted.Order(StringComparer.Ordinal), Shipped.Keys.Order(StringComparer.Ordinal));
        var docs = File.ReadAllText(Path.Combine(Repository.Root, "docs", "templates.md"));
        Assert.DoesNotContain(wanted, w => !docs.Contains($"`{w}`", StringComparison.Ordinal));
        Assert.Empty(TemplateFields.All.Where(f => !docs.Contains($"`{f}`", StringComparison.Ordinal)));
    }

    [Fact]
    public void Rendering_a_template_takes_about_a_millisecond_at_most()
    {
        foreach (var template in Shipped.Values) template.Render(Whole, Noon);
        const int Rounds = 20;
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < Rounds; i++)
            foreach (var template in Shipped.Values) Assert.IsType<RenderResult.Done>(template.Render(Whole, Noon));
        var each = watch.Elapsed / (Rounds * Shipped.Count);
        output.WriteLine($"{each.TotalMilliseconds:0.000} ms a message");
        // Twenty times the measured mean: a busy machine does not fail it, a template engine made anew each time does.
        Assert.True(each < TimeSpan.FromMilliseconds(5), $"{each.TotalMilliseconds:0.000} ms a message");
    }
}
