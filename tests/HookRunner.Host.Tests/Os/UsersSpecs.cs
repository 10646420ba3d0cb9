using HookRunner.Host.Os;
using HookRunner.Host.Tests.Processes;

namespace HookRunner.Host.Tests.Os;

public class UsersSpecs
{
    [Fact]
    public void A_user_is_found_by_name_with_home_and_shell() =>
        Users.Find("root").Should().Be(new UserAccount("root", 0, 0, "/root", "/bin/bash"));

    [Fact]
    public void A_user_is_found_by_number() => Users.Find("0")!.Name.Should().Be("root");

    [Theory]
    [InlineData("no-such-user")]
    [InlineData("4000000000")]
    [InlineData("-1")]
    [InlineData("")]
    public void Whoever_has_no_account_is_nobody(string name) => Users.Find(name).Should().BeNull();

    [Fact]
    public void A_group_is_found_by_name_and_a_number_stands_for_itself()
    {
        Users.FindGroup("root").Should().Be(0);
        Users.FindGroup("12345").Should().Be(12345);
        Users.FindGroup("no-such-group").Should().BeNull();
    }

    [NeedsFact("root")]
    public void A_users_groups_are_its_own_and_those_it_was_added_to()
    {
        using var user = new TestUser();
        var account = Users.Find(user.Name)!;

        Users.GroupsOf(account).Should().BeEquivalentTo([account.GroupId, Users.FindGroup(TestUser.OtherGroup)!.Value]);
    }
}
