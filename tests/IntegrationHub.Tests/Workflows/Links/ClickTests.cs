using IntegrationHub.Workflows;
using static IntegrationHub.Tests.Workflows.Samples;

namespace IntegrationHub.Tests.Workflows;

public sealed class ClickTests
{
    private const string Firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";

    private static FollowedLink Click(double seconds, string? url = "https://x.com/a", string method = "GET", string? agent = Firefox) => new(Noon.AddSeconds(seconds), url, method, agent);

    private static ClickVerdict Judge(FollowedLink click, double nowSeconds = 3600, int links = 3, params FollowedLink[] others) =>
        ClickClassifier.Judge(click, others, links, Noon, ClickRules.Default, Noon.AddSeconds(nowSeconds));

    [Fact]
    public void A_click_an_hour_later_is_a_person_s() => Assert.Equal(new ClickVerdict(ClickKind.Person, "none"), Judge(Click(3600)));

    [Theory]
    [InlineData("HEAD", Firefox, "head_request")]
    [InlineData("GET", null, "no_user_agent")]
    [InlineData("GET", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "scanner")]
    [InlineData("GET", "Barracuda Sentinel (EE)", "scanner")]
    [InlineData("GET", "curl/8.5.0", "scanner")]
    [InlineData("GET", "Mozilla/5.0 (Windows NT 10.0) SkypeUriPreview Preview/0.5", "scanner")]
    public void Machines_that_tell_what_they_are_count_for_nothing(string method, string? agent, string reason) =>
        Assert.Equal(new ClickVerdict(ClickKind.Machine, reason), Judge(Click(3600, method: method, agent: agent)));

    [Fact]
    public void A_phone_called_Cubot_is_no_bot() =>
        Assert.Equal(ClickKind.Person, Judge(Click(3600, agent: "Mozilla/5.0 (Linux; Android 13; CUBOT X70) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36")).Kind);

    [Fact]
    public void Who_follows_the_hidden_link_is_a_machine_on_every_link()
    {
        Assert.Equal(new ClickVerdict(ClickKind.Machine, "hidden_link"), Judge(Click(3600, url: null)));
        Assert.Equal(new ClickVerdict(ClickKind.Machine, "hidden_link"), Judge(Click(3600), others: Click(3601, url: null)));
        Assert.Equal(ClickKind.Person, Judge(Click(7200), nowSeconds: 7200, others: Click(3601, url: null)).Kind);
    }

    [Fact]
    public void All_links_within_seconds_of_delivery_are_a_gateway_s()
    {
        var (a, b, c) = (Click(2, "https://x.com/a"), Click(3, "https://x.com/b"), Click(4, "https://x.com/c"));
        Assert.Equal(new ClickVerdict(ClickKind.Unsure, "soon_after_delivery", Noon.AddSeconds(10)), Judge(a, nowSeconds: 2));
        Assert.Equal(new ClickVerdict(ClickKind.Machine, "all_links_at_once"), Judge(a, 11, 3, b, c));
        Assert.Equal(new ClickVerdict(ClickKind.Machine, "all_links_at_once"), Judge(c, 4, 3, a, b));
        Assert.Equal(new ClickVerdict(ClickKind.Person, "none"), Judge(a, 11, 3, b));
    }

    [Fact]
    public void A_mail_with_one_link_may_be_clicked_at_once() => Assert.Equal(ClickKind.Person, Judge(Click(2), nowSeconds: 2, links: 1).Kind);

    [Fact]
    public void A_click_before_the_mail_was_out_is_a_machine_s() => Assert.Equal(new ClickVerdict(ClickKind.Machine, "before_delivery"), Judge(Click(-1)));
}
