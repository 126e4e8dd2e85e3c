//! Shapes of PowerShell: answers that are chosen, blocks that variables hold, and cmdlets that ask by themselves.

use crate::content::script::model::{Defect, GuardKind};
use crate::content::script::tests::{defects, guarded, open};

#[test]
fn finds() {
    for (path, text, found) in [
        // An object that runs the statement which it is made with.
        (
            "a.ps1",
            "$c = New-Object System.Data.SqlClient.SqlCommand(\"DELETE FROM users\", $db)\n$c.ExecuteNonQuery()\n",
            (1, "sql.delete_all"),
        ),
        (
            "a.ps1",
            "$c = [System.Data.SqlClient.SqlCommand]::new(\"TRUNCATE TABLE orders\", $db)\n$c.ExecuteNonQuery()\n",
            (1, "sql.truncate"),
        ),
        ("a.ps1", "cmd /c \"rd /s /q D:\\Data\"\n", (1, "cmd.rmdir")),
        ("a.ps1", "cmd /c \"del /f /s /q D:\\Data\\*\"\n", (1, "cmd.rmdir")),
        ("a.ps1", "robocopy C:\\empty D:\\Data /MIR\n", (1, "cmd.robocopy")),
        // A cmdlet that asks is told not to.
        ("a.ps1", "Get-ADUser -Filter * | Remove-ADUser -Confirm:$false\n", (1, "ps.directory")),
        (
            "a.ps1",
            "$ConfirmPreference = 'None'\nGet-ADUser -Filter * | Remove-ADUser\n",
            (2, "ps.directory"),
        ),
        (
            "a.ps1",
            "foreach ($it in Get-ADUser -Filter *) { Remove-ADUser $it -Confirm:$false }\n",
            (1, "ps.each"),
        ),
        // It never asks.
        ("a.ps1", "Get-AzStorageBlob -Container c | Remove-AzStorageBlob\n", (1, "ps.each")),
        // Blocks that variables hold.
        (
            "a.ps1",
            "$b = { param($n) Remove-AzResourceGroup -Name $n -Force }\nStart-Job -ScriptBlock $b -ArgumentList shop\n",
            (1, "ps.az"),
        ),
        (
            "a.ps1",
            "$b = { Remove-Item D:\\Data -Recurse -Force }\nInvoke-Command -Session $s -ScriptBlock $b\n",
            (1, "ps.fs"),
        ),
        (
            "a.ps1",
            "function Wipe { Remove-Item D:\\Data -Recurse -Force }\nInvoke-Command -ScriptBlock ${function:Wipe}\n",
            (1, "ps.fs"),
        ),
        (
            "a.ps1",
            "(Get-AzResourceGroup).ForEach({ Remove-AzResourceGroup -Name $_.ResourceGroupName -Force })\n",
            (1, "ps.az"),
        ),
        (
            "a.ps1",
            "param([switch]$WhatIf)\nRemove-Item D:\\Data -Recurse -Force -WhatIf:$WhatIf\n",
            (2, "ps.fs"),
        ),
    ] {
        assert_eq!(open(path, text), [found], "{text}");
    }
}

#[test]
fn lets_through() {
    for (path, text) in [
        (
            "a.ps1",
            "$c = New-Object System.Data.SqlClient.SqlCommand(\"DELETE FROM users WHERE id = 7\", $db)\n",
        ),
        ("a.ps1", "cmd /c \"del /f /s /q D:\\build\\*\"\n"),
        ("a.ps1", "robocopy D:\\Data E:\\Backup /MIR\n"),
        ("a.ps1", "Get-ADUser -Filter * | Remove-ADUser\n"),
        ("a.ps1", "Get-VM | Remove-VM\n"),
        ("a.ps1", "foreach ($it in Get-Mailbox) { Remove-Mailbox $it }\n"),
        (
            "a.ps1",
            "Get-AzResourceGroup | % { Remove-AzResourceGroup -Name $_.ResourceGroupName }\n",
        ),
        ("a.ps1", "$b = { Remove-Item D:\\Data -Recurse -Force }\nWrite-Host 'nothing'\n"),
        ("a.ps1", "$WhatIfPreference = $true\nRemove-Item D:\\Data -Recurse -Force\n"),
    ] {
        assert_eq!(open(path, text), [], "{text}");
    }
}

/// The labels of choices, each with what it is for: `New-Object ... ChoiceDescription "&Yes", "it goes"`.
#[test]
fn knows_what_is_chosen() {
    let kind = "System.Management.Automation.Host.ChoiceDescription";
    for made in [
        format!(
            "$y = New-Object {kind} \"&Yes\", \"it goes\"\n$n = New-Object {kind} \"&No\", \"it stays\"\n"
        ),
        format!(
            "$y = New-Object {kind}(\"&Yes\", \"it goes\")\n$n = New-Object {kind}(\"&No\", \"it stays\")\n"
        ),
        format!(
            "$y = [{kind}]::new(\"&Yes\", \"it goes\")\n$n = [{kind}]::new(\"&No\", \"it stays\")\n"
        ),
    ] {
        let asks = format!(
            "{made}$all = [{kind}[]]($y, $n)\n$it = $host.UI.PromptForChoice(\"t\", \"m\", $all, 1)\n"
        );
        for then in [
            "if ($it -ne 0) { exit }\nRemove-Item D:\\Data -Recurse -Force\n",
            "if ($it -eq 0) { Remove-Item D:\\Data -Recurse -Force }\n",
            "switch ($it) { 0 { Remove-Item D:\\Data -Recurse -Force } 1 { 'kept' } }\n",
        ] {
            let text = format!("{asks}{then}");
            let found = guarded("a.ps1", &text);
            assert!(matches!(found[..], [(_, GuardKind::Confirmation)]), "{text}: {found:?}");
        }
        let text =
            format!("{asks}if ($it -ne 1) {{ exit }}\nRemove-Item D:\\Data -Recurse -Force\n");
        assert!(defects("a.ps1", &text).contains(&Defect::WrongWayRound), "{text}");
    }
}

#[test]
fn knows_what_only_shows() {
    let text =
        "param([switch]$Execute)\nRemove-Item D:\\Data -Recurse -Force -WhatIf:(-not $Execute)\n";
    assert_eq!(guarded("a.ps1", text), [(2, GuardKind::OptIn)]);
}
