using IntegrationHub.Engine.Actions;
using IntegrationHub.Engine.Recipes;
using IntegrationHub.Tests.Recipes;
using IntegrationHub.Workflows;

namespace IntegrationHub.Tests.Engine;

public sealed class PreviewTests : IAsyncLifetime
{
    private TestHub hub = null!;

    private string Templates => Path.Combine(hub.Mappings, "templates");

    public async Task InitializeAsync()
    {
        hub = await TestHub.Create();
        Directory.CreateDirectory(Templates);
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Mappings, "templates"))) File.Copy(file, Path.Combine(Templates, Path.GetFileName(file)));
        File.Copy(Path.Combine(Repository.Mappings, "sender.yaml"), Path.Combine(hub.Mappings, "sender.yaml"));
        var (_, system) = await hub.AddSource();
        system.PutRaw("1", """{"first":"Grace","last":"Hopper","email":"grace@engines.co.uk"}"""u8.ToArray());
        await hub.Sync();
    }

    [Fact]
    public async Task Every_shipped_template_is_shown_for_a_made_up_contact()
    {
        var preview = hub.Get<PreviewTemplate>();
        foreach (var name in preview.All().Keys) Assert.IsType<RenderResult.Done>((await preview.Show(name, null, default)).Result);
    }

    [Fact]
    public async Task A_template_is_shown_as_one_contact_would_get_it()
    {
        var shown = await hub.Get<PreviewTemplate>().Show("lead-nurture-1", "grace@engines.co.uk", default);
        Assert.StartsWith("Hi Grace,", Assert.IsType<RenderResult.Done>(shown.Result).Message.Text);
    }

    [Fact]
    public async Task A_contact_who_would_be_skipped_is_told_why()
    {
        await File.WriteAllTextAsync(Path.Combine(Templates, "mine.liquid"), "---\nchannel: email\npurpose: transactional\nsubject: Hello\n---\n{{ contact.company }}");
        Assert.Equal("contact.company", Assert.IsType<RenderResult.Skipped>((await hub.Get<PreviewTemplate>().Show("mine", "grace@engines.co.uk", default)).Result).Field);
    }

    [Fact]
    public async Task A_misspelt_name_and_all_mistakes_of_all_files_are_told()
    {
        var preview = hub.Get<PreviewTemplate>();
        Assert.Contains("Did you mean 'lead-nurture-1'?", (await Assert.ThrowsAsync<NotPossibleException>(() => preview.Show("lead-nuture-1", null, default))).Message);
        await File.WriteAllTextAsync(Path.Combine(Templates, "a.liquid"), "---\nchannel: email\npurpose: transactional\nsubject: Hello\n---\n\n{{ contact.compny }}");
        await File.WriteAllTextAsync(Path.Combine(Templates, "b.liquid"), "Hello");
        var mistakes = Assert.Throws<RecipeException>(() => preview.All()).Errors;
        Assert.Equal([("a.liquid", 7), ("b.liquid", 1)], mistakes.Select(m => (Path.GetFileName(m.File), m.Line)));
    }

    [Theory]
    [InlineData("name: x", "'address' is missing")]
    [InlineData("name: x\naddress: nobody\ncompany: x\npostal_address: x", "is no e-mail address")]
    [InlineData("name: x\naddress: a@b.c\ncompany: x\npostal_address: x\nlinks:\n  shop: /shop", "is no whole address")]
    [InlineData("name: x\naddress: a@b.c\ncompany: x\npostal_address: x\nlinks:\n  unsubscribe: https://x.com", "each contact's own link")]
    [InlineData("name: x\naddress: a@b.c\ncompany: x\npostal_address: x\ncolour: red", "unknown key 'colour'")]
    public void Mistakes_in_the_sender_are_told_with_their_place(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<RecipeException>(() => SenderFile.Parse(text, "sender.yaml")).Message);

    public async Task DisposeAsync() => await hub.DisposeAsync();
}
