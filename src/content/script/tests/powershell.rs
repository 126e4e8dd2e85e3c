//! PowerShell.

use super::{defects, guarded, open};
use crate::content::script::{Defect, GuardKind};

#[test]
fn what_a_function_hands_on_is_followed() {
    for (function, call) in [
        ("function K { kubectl @args }", "K delete ns soc"),
        (
            "function K { param([Parameter(ValueFromRemainingArguments)]$a) kubectl @a }",
            "K delete ns soc --wait=true",
        ),
        (
            "function K { param([Parameter(ValueFromRemainingArguments=$true)][string[]]$a) & kubectl $a }",
            "K delete ns soc",
        ),
        (
            "function K { param($ctx, [Parameter(ValueFromRemainingArguments)]$a) kubectl --context $ctx @a }",
            "K prod delete ns soc",
        ),
        ("function K { param($ctx) kubectl --context $ctx @args }", "K prod delete ns soc"),
        ("function K { param($ns, $verb) kubectl $verb ns $ns }", "K -ns soc delete"),
    ] {
        assert_eq!(
            open("a.ps1", &format!("{function}\n{call}\n")),
            [(1, "sh.kubectl")],
            "{function}"
        );
        let harmless = call.replace("delete", "get");
        assert_eq!(open("a.ps1", &format!("{function}\n{harmless}\n")), [], "{function}");
    }
}

#[test]
fn a_tool_that_asks_guards_what_follows_its_success() {
    let then = "aws s3 rm s3://shop-state --recursive";
    for text in [
        format!("pulumi destroy\nif ($LASTEXITCODE -ne 0) {{ exit 1 }}\n{then}\n"),
        format!("pulumi destroy\nif (-not $?) {{ exit 1 }}\n{then}\n"),
        format!("terraform destroy\nif ($LASTEXITCODE -eq 0) {{ {then} }}\n"),
    ] {
        assert_eq!(open("a.ps1", &text), [], "{text}");
    }
    for text in [
        format!("pulumi destroy\n{then}\n"),
        format!("pulumi destroy\nif ($LASTEXITCODE -eq 0) {{ exit 1 }}\n{then}\n"),
        format!("pulumi destroy\nif ($LASTEXITCODE -ne 0) {{ {then} }}\n"),
        format!("pulumi destroy\nif ($LASTEXITCODE -ne 0) {{ echo failed }}\n{then}\n"),
        format!("kubectl get ns\nif ($LASTEXITCODE -ne 0) {{ exit 1 }}\n{then}\n"),
    ] {
        assert_eq!(open("a.ps1", &text).len(), 1, "{text}");
    }
}

#[test]
fn finds() {
    for (text, found) in [
        ("Remove-AzResourceGroup -Name app -Force\n", &[(1, "ps.az")][..]),
        (
            "function Step { param([scriptblock]$Do, [string]$What)\n  & $Do | Out-Null\n}\nStep { az group delete -n shop --yes } 'x'\n",
            &[(4, "sh.az")],
        ),
        (
            "param([bool]$DeleteGroup = $true)\nif ($DeleteGroup) { az group delete -n shop --yes }\n",
            &[(2, "sh.az")],
        ),
        ("remove-azresourcegroup -name app -force\n", &[(1, "ps.az")]),
        ("Remove-AzSqlDatabase -DatabaseName app -Confirm:$false\n", &[(1, "ps.az")]),
        ("Remove-AzResourceGroup `\n  -Name app `\n  -Force\n", &[(1, "ps.az")]),
        ("Get-AzResourceGroup | Remove-AzResourceGroup -Force\n", &[(1, "ps.az")]),
        ("Remove-AzCosmosDBAccount -Name app\n", &[(1, "ps.az.unasked")]),
        ("Remove-AzSnapshot -SnapshotName a -Force\n", &[(1, "ps.az.backup")]),
        ("Remove-RDSDBInstance -DBInstanceIdentifier a -Force\n", &[(1, "ps.aws")]),
        ("Remove-S3Bucket -BucketName b -DeleteBucketContent -Force\n", &[(1, "ps.aws.bucket")]),
        ("Remove-Item -Recurse -Force C:\\app\\uploads\n", &[(1, "ps.fs")]),
        ("Remove-Item .\\data -Recurse\n", &[(1, "ps.fs")]),
        ("rm -r -fo ./uploads\n", &[(1, "ps.fs")]),
        ("Remove-Item app.sqlite3\n", &[(1, "ps.fs")]),
        ("Get-ChildItem C:\\backups -Recurse | Remove-Item -Force\n", &[(1, "ps.fs")]),
        (
            "Get-ChildItem C:\\backups -ea 0 | Remove-Item -Recurse -ErrorAction SilentlyContinue\n",
            &[(1, "ps.fs")],
        ),
        ("gci C:\\backups | Remove-Item -erroraction Ignore -Force\n", &[(1, "ps.fs")]),
        (
            "Get-ChildItem .\\data\\mssql -Exclude '.gitkeep' -Recurse | Remove-Item -Force\n",
            &[(1, "ps.fs")],
        ),
        ("Get-VM | Remove-VM -Force\n", &[(1, "ps.machine")]),
        ("Clear-Content app.sqlite3\n", &[(1, "ps.fs.clear")]),
        ("Format-Volume -DriveLetter D -Force\n", &[(1, "ps.disk")]),
        ("Remove-DbaDatabase -Database app -Confirm:$false\n", &[(1, "ps.database")]),
        ("Get-ADUser -Filter * | Remove-ADUser -Confirm:$false\n", &[(1, "ps.directory")]),
        ("$server.KillDatabase('app')\n", &[(1, "ps.smo.kill")]),
        ("$server.Databases['app'].Drop()\n", &[(1, "ps.smo.drop")]),
        ("Invoke-Sqlcmd -Query 'DROP TABLE users'\n", &[(1, "sql.drop_table")]),
        ("Invoke-Sqlcmd -Query @\"\nSELECT 1;\nDROP TABLE users;\n\"@\n", &[(3, "sql.drop_table")]),
        ("$q = 'TRUNCATE TABLE users'\nInvoke-Sqlcmd -Query $q\n", &[(1, "sql.truncate")]),
        ("$cmd.CommandText = 'DROP TABLE users'\n", &[(1, "sql.drop_table")]),
        ("dropdb app\n", &[(1, "sh.dropdb")]),
        ("& dropdb app\n", &[(1, "sh.dropdb")]),
        ("Invoke-Expression 'dropdb app'\n", &[(1, "sh.dropdb")]),
        ("psql -c \"DROP TABLE users\"\n", &[(1, "sql.drop_table")]),
        ("function Wipe { dropdb app }\nWipe\n", &[(1, "sh.dropdb")]),
    ] {
        assert_eq!(open("scripts/a.ps1", text), found, "{text}");
    }
    for text in [
        "az group delete --name app --yes\n",
        "terraform destroy -auto-approve\n",
        "docker volume rm app_pgdata\n",
        "docker compose down -v\n",
    ] {
        assert_eq!(open("scripts/a.ps1", text).len(), 1, "{text}");
    }
}

#[test]
fn lets_through() {
    for text in [
        "# dropdb app\n",
        "<#\ndropdb app\n#>\nWrite-Host 'dropdb app'\n",
        "function Wipe { dropdb app }\n",
        "Remove-AzResourceGroup -Name app -Force -WhatIf\n",
        "Remove-Item .\\data -Recurse -Confirm\n",
        "Get-ChildItem .\\data -Filter *.tmp | Remove-Item -Force\n",
        "Get-ChildItem .\\data | Where-Object { $_.Age -gt 30 } | Remove-Item -Force -ea 0\n",
        "Get-ChildItem C:\\backups | Remove-Item C:\\bin -Recurse -ErrorAction SilentlyContinue\n",
        "Get-ChildItem .\\build | Remove-Item -Recurse -Force -ErrorAction SilentlyContinue\n",
        "Get-ChildItem .\\data -Exclude orders | Remove-Item -Force\n",
        "Remove-Item -Recurse -Force .\\bin, .\\obj\n",
        "Remove-Item -Recurse -Force node_modules\n",
        "Remove-Item -Recurse -Force dist\n",
        "Remove-Item -Recurse -Force $env:TEMP\\data\n",
        "Remove-Item -Recurse -Force .\\uploads -WhatIf\n",
        "Remove-Item out.txt\n",
        "Remove-ADUser -Identity jane -Confirm:$false\n",
        "Invoke-Sqlcmd -Query 'DELETE FROM users WHERE id = @id'\n",
        "exit 1\ndropdb app\n",
        "throw 'no'\ndropdb app\n",
    ] {
        assert_eq!(open("scripts/a.ps1", text), [], "{text}");
        assert_eq!(guarded("scripts/a.ps1", text), [], "{text}");
    }
    // These ask by themselves.
    assert_eq!(open("scripts/a.ps1", "Remove-AzResourceGroup -Name app\n"), []);
}

#[test]
fn knows_guards() {
    for (before, kind) in [
        ("$a = Read-Host 'Sure?'\nif ($a -ne 'yes') { exit }\n", GuardKind::Confirmation),
        ("$A = read-host 'Sure?'\nIF ($a -NE 'yes') { Exit 1 }\n", GuardKind::Confirmation),
        ("if ((Read-Host 'Sure?') -cne 'DELETE') { return }\n", GuardKind::Confirmation),
        ("$a = Read-Host 'Sure?'\nif ($a -notmatch '^y') { exit 1 }\n", GuardKind::Confirmation),
        (
            "$a = Read-Host 'Sure?'\nif ($a -notin @('y', 'yes')) { throw 'no' }\n",
            GuardKind::Confirmation,
        ),
        ("$a = Read-Host 'Sure?'\nif (-not ($a -eq 'yes')) { exit 1 }\n", GuardKind::Confirmation),
        (
            "function Sure { $a = Read-Host 'Sure?'; return $a -eq 'yes' }\nif (-not (Sure)) { exit }\n",
            GuardKind::Confirmation,
        ),
        (
            "if (-not $PSCmdlet.ShouldContinue('all', 'Sure?')) { return }\n",
            GuardKind::Confirmation,
        ),
        ("param([switch]$Force)\nif (-not $Force) { exit 1 }\n", GuardKind::OptIn),
        ("param([Switch] $force)\nif (!$Force) { throw 'no' }\n", GuardKind::OptIn),
        ("if ($env:APP_ENV -ne 'development') { throw 'no' }\n", GuardKind::EnvironmentAllowed),
        ("if ($env:APP_ENV -eq 'production') { exit 1 }\n", GuardKind::EnvironmentDenied),
        (
            "[CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')]\nparam()\nif (-not $PSCmdlet.ShouldProcess('app')) { return }\n",
            GuardKind::Framework,
        ),
    ] {
        let text = format!("{before}dropdb app\n");
        let line = u32::try_from(text.lines().count()).unwrap();
        assert_eq!(open("scripts/a.ps1", &text), [], "{text}");
        assert_eq!(guarded("scripts/a.ps1", &text), [(line, kind)], "{text}");
    }
    for text in [
        "if ((Read-Host 'Sure?') -eq 'y') {\ndropdb app\n}\n",
        "$a = Read-Host 'Sure?'\nif ($a -match '^[yY]') {\ndropdb app\n}\n",
        "switch (Read-Host 'Sure?') {\n'y' { dropdb app }\ndefault { exit }\n}\n",
    ] {
        assert_eq!(open("scripts/a.ps1", text), [], "{text}");
        assert_eq!(guarded("scripts/a.ps1", text).len(), 1, "{text}");
    }
}

#[test]
fn knows_false_guards() {
    for (text, defect) in [
        ("Read-Host 'Press enter'\ndropdb app\n", Defect::AnswerIgnored),
        ("$null = Read-Host 'Sure?'\ndropdb app\n", Defect::AnswerIgnored),
        ("Read-Host 'Sure?' | Out-Null\ndropdb app\n", Defect::AnswerIgnored),
        ("pause\ndropdb app\n", Defect::AnswerIgnored),
        ("$a = Read-Host 'Sure?'\ndropdb app\n", Defect::AnswerIgnored),
        ("Start-Sleep -Seconds 5\ndropdb app\n", Defect::OnlyWaits),
        ("Write-Warning 'WARNING: all data goes'\ndropdb app\n", Defect::StopsNothing),
        ("$a = Read-Host '?'\nif ($a -eq 'y') { exit }\ndropdb app\n", Defect::WrongWayRound),
        ("dropdb app\nif ((Read-Host '?') -ne 'y') { exit }\n", Defect::TooLate),
        (
            "if ($verbose) { if ((Read-Host '?') -ne 'y') { exit } }\ndropdb app\n",
            Defect::NotOnEveryWay,
        ),
    ] {
        assert_eq!(open("scripts/a.ps1", text).len(), 1, "{text}");
        let found = defects("scripts/a.ps1", text);
        assert!(found.contains(&defect), "{text}: {found:?}");
    }
}

#[test]
fn finds_each_that_is_listed() {
    for (text, id) in [
        ("Get-PnPList | ForEach-Object { Remove-PnPList -Identity $_ -Force }\n", "ps.each"),
        ("Get-SPOSite -Limit All | Remove-SPOSite -Confirm:$false\n", "ps.each"),
        ("foreach ($one in Get-MgUser -All) { Remove-MgUser -UserId $one.Id }\n", "ps.each"),
        ("Restore-SqlDatabase -Database Photos -BackupFile p.bak -ReplaceDatabase\n", "ps.restore"),
        (
            "Invoke-Sqlcmd -Query \"RESTORE DATABASE p FROM DISK='p.bak' WITH REPLACE\"\n",
            "sql.drop_database",
        ),
        (
            "New-ComplianceSearchAction -SearchName p -Purge -PurgeType HardDelete -Confirm:$false\n",
            "ps.purge",
        ),
        ("Get-WmiObject Win32_ShadowCopy | ForEach-Object { $_.Delete() }\n", "ps.smo.drop"),
        ("$all = @{ Name = 'p'; Force = $true }\nRemove-AzResourceGroup @all\n", "ps.az"),
        (
            "Remove-ADOrganizationalUnit -Identity 'OU=p' -Recursive -Confirm:$false\n",
            "ps.directory",
        ),
    ] {
        let found: Vec<&str> = open("scripts/wipe.ps1", text).into_iter().map(|it| it.1).collect();
        assert_eq!(found, [id], "{text}");
    }
    for text in [
        "Get-PnPList | Where-Object { $_.Title -eq 'p' } | Remove-PnPList -Force\n",
        "Get-MgUser -Filter \"id eq '7'\" | ForEach-Object { Remove-MgUser -UserId $_.Id }\n",
        "Get-Job | Remove-Job\nGet-Module p | Remove-Module\n",
        "Restore-SqlDatabase -Database Copy -BackupFile p.bak\n",
        "param([ValidateSet('dev', 'test')][string]$Env)\nRemove-AzResourceGroup -Name \"p-$Env\" -Force\n",
    ] {
        assert_eq!(open("scripts/wipe.ps1", text), [], "{text}");
    }
}

#[test]
fn a_parameter_that_must_be_said_ends_nothing() {
    let text = "param(\n  [string]$Group = 'shop',\n  [string]$Key = $(throw 'say -Key')\n)\naz group delete --name $Group --yes\n";
    assert_eq!(open("a.ps1", text), [(5, "sh.az")]);
    let text = "$all = 'Orders', 'Clients'\nforeach ($it in $all) { Remove-PnPList -Identity $it -Force }\n";
    assert_eq!(open("a.ps1", text), [(2, "ps.list")]);
    assert_eq!(open("a.ps1", "Remove-PnPList -Identity 'Orders' -Recycle -Force\n"), []);
}

#[test]
fn a_path_may_begin_with_a_variable_outside_of_quotes() {
    for (text, found) in [
        ("Remove-Item $root\\uploads -Recurse -Force\n", (1, "ps.fs")),
        ("Remove-Item -Path $env:APP/data/* -Recurse -Force\n", (1, "ps.fs")),
        ("Remove-Item $it.Root\\shop.sqlite\n", (1, "ps.fs")),
        (
            "Import-Module $PSScriptRoot\\a.psm1\npsql -f $here/sql/drop_all.sql\n",
            (2, "sh.sql_file"),
        ),
        ("& $PSScriptRoot\\a.ps1\ndropdb app\n", (2, "sh.dropdb")),
        (
            "function Reset { param([string]$Name) dropdb $Name }\nReset -Name app\n",
            (1, "sh.dropdb"),
        ),
    ] {
        assert_eq!(open("a.ps1", text), [found], "{text}");
    }
    for text in
        ["Remove-Item $env:TEMP\\data -Recurse\n", "Remove-Item $root\\bin -Recurse -Force\n"]
    {
        assert_eq!(open("a.ps1", text), [], "{text}");
    }
}

#[test]
fn a_name_may_stand_for_one_of_two_values() {
    let tool = "$tool = if (Get-Command podman) { 'podman' } else { 'docker' }\n";
    for (text, found) in [
        ("& $tool exec -i db dropdb shop\n", (2, "sh.dropdb")),
        (
            "$sql = 'DROP DATABASE shop;'\n$sql | & $tool exec -i db psql\n",
            (2, "sql.drop_database"),
        ),
    ] {
        assert_eq!(open("a.ps1", &format!("{tool}{text}")), [found], "{text}");
    }
    // What runs is no value.
    let text = "$it = if ($env:FORCE) { dropdb shop } else { 'no' }\n";
    assert_eq!(open("a.ps1", text), []);
    assert_eq!(guarded("a.ps1", text), [(1, GuardKind::OptIn)]);
}

#[test]
fn a_file_is_run_by_its_path() {
    for (text, found) in [
        ("./teardown.ps1 -Force\n", (1, "sh.named.destroy")),
        (".\\teardown.ps1 -Force\n", (1, "sh.named.destroy")),
        ("if ($a) { ./teardown.ps1 -NoPrompt }\n", (1, "sh.named.destroy")),
        ("$ok = ./wipe_database.ps1\n", (1, "sh.named")),
        ("pwsh -File ./ops/wipe_database.ps1\n", (1, "sh.named")),
        ("./bin/dropdb shop\n", (1, "sh.dropdb")),
    ] {
        assert_eq!(open("a.ps1", text), [found], "{text}");
    }
    for text in [
        "./teardown.ps1\n",
        "./build.ps1 -Force\n",
        "Copy-Item ./wipe_database.ps1 ./ops\n",
        "$path = './teardown.ps1 -Force'\n",
        "./wipe_cache.ps1 -Force\n",
    ] {
        assert_eq!(open("a.ps1", text), [], "{text}");
    }
}

#[test]
fn a_helper_may_put_a_backup_over_a_database() {
    let text = "ExecuteNonQuery $it \"RESTORE DATABASE shop FROM DISK='a.bak' WITH REPLACE\"\n";
    assert_eq!(open("a.ps1", text), [(1, "sql.drop_database")]);
    assert_eq!(open("a.ps1", &text.replace(" WITH REPLACE", "")), []);
}

#[test]
fn a_text_may_be_that_of_a_file() {
    for (text, line) in [
        ("$sql = Get-Content -Raw sql/wipe_all.sql\n$sql | docker exec -i db psql shop\n", 2),
        ("$sql = (Get-Content 'sql/wipe_all.sql' -Raw) -replace 'a', 'b'\n$sql | psql shop\n", 2),
        ("$sql = Get-Content sql/wipe_all.sql\n$sql = $sql.Trim()\nnpx typeorm query $sql\n", 3),
    ] {
        assert_eq!(open("a.ps1", text), [(line, "sh.sql_file")], "{text}");
    }
    for text in [
        "$sql = Get-Content -Raw sql/report.sql\n$sql | psql shop\n",
        "$sql = Get-Content -Raw sql/wipe_all.sql\n$sql | Set-Content copy.sql\n",
        "$sql = Get-Content -Raw sql/wipe_all.sql\npsql -c 'SELECT 1'\n",
    ] {
        assert_eq!(open("a.ps1", text), [], "{text}");
    }
}

#[test]
fn a_query_without_its_parameter_is_what_stands_by_itself() {
    let wipe = "$q = \"DROP DATABASE [shop]\"\n";
    for call in [
        "Invoke-Sqlcmd $q",
        "Invoke-Sqlcmd -ServerInstance localhost $q",
        "Invoke-Sqlcmd -ServerInstance localhost -SuppressProviderContextWarning $q",
    ] {
        assert_eq!(open("a.ps1", &format!("{wipe}{call}\n")), [(1, "sql.drop_database")], "{call}");
    }
    assert_eq!(open("a.ps1", &format!("{wipe}Invoke-Sqlcmd -Username $q 'SELECT 1'\n")), []);
}

#[test]
fn what_a_program_writes_is_no_answer_of_whoever_told_it_its_arguments() {
    let text = "param([string]$Group = 'rg')\n$exists = az group exists --name $Group\nif ($exists -ne 'true') { return }\naz group delete --name $Group --yes\n";
    assert_eq!(open("a.ps1", text), [(4, "sh.az")]);
}
