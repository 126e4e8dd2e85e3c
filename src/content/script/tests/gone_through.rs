//! What a script of the shell goes through: each of what another command lists, and what it chooses among that.

use super::{defects, guarded, open};
use crate::content::script::{Defect, GuardKind};

/// The operations of a script of the shell that nothing guards, by their kinds.
fn finds(text: &str) -> Vec<&'static str> {
    open("a.sh", text).into_iter().map(|(_, id)| id).collect()
}

#[test]
fn what_stands_for_one_of_a_list_may_have_any_name() {
    let scan = "aws dynamodb scan --table-name p --output text | tr '\\t' '\\n'";
    let delete = "aws dynamodb delete-item --table-name p --key";
    for by in [
        format!("xargs -t -I one {delete} '{{\"id\": {{\"S\": \"one\"}}}}'"),
        format!("xargs -Ione {delete} '{{\"id\": {{\"S\": \"one\"}}}}'"),
        format!("xargs -0 -P 5 -I keyItem {delete}=keyItem"),
        format!("xargs --replace=% {delete} %"),
        format!("xargs -i {delete} '{{}}'"),
    ] {
        assert_eq!(finds(&format!("{scan} | {by}")), ["sh.aws.each"], "{by}");
    }
    assert_eq!(finds(&format!("{scan} | grep old | xargs -I one {delete} one")), [""; 0]);
}

#[test]
fn a_field_that_all_have_chooses_nothing() {
    for text in [
        "for u in $(aws cognito-idp list-users --user-pool-id p | grep Username | cut -d: -f2); do\n  aws cognito-idp admin-delete-user --user-pool-id p --username $u\ndone",
        "for it in $(curl -s $U/items | grep -o '\"id\":[0-9]*' | cut -d: -f2); do curl -X DELETE $U/items/$it; done",
    ] {
        assert_eq!(finds(text).len(), 1, "{text}");
    }
    for text in [
        "for u in $(aws cognito-idp list-users --user-pool-id p | grep smith | cut -d: -f2); do\n  aws cognito-idp admin-delete-user --user-pool-id p --username $u\ndone",
        "for it in $(curl -s $U/items | grep '\"name\":\"old' | cut -d: -f2); do curl -X DELETE $U/items/$it; done",
    ] {
        assert_eq!(finds(text), [""; 0], "{text}");
    }
}

#[test]
fn an_address_may_begin_with_what_is_set_before() {
    let before = "U=https://api.shop.org";
    for text in [
        "for it in $(curl -s \"$U/items/\" | jq -r '.[].id'); do curl -X DELETE \"$U/items/$it\"; done",
        "all() {\n  for it in $(curl -s \"$U/$1?limit=100\" | jq -r '.[].id'); do curl -X DELETE \"$U/$1/$it\"; done\n}\nall items",
    ] {
        assert_eq!(finds(&format!("{before}\n{text}")), ["sh.web.each"], "{text}");
    }
    let other =
        "for it in $(curl -s $U/orders | jq -r '.[].id'); do curl -X DELETE $U/items/$it; done";
    assert_eq!(finds(&format!("{before}\n{other}")), [""; 0]);
}

#[test]
fn what_a_condition_chooses_is_not_each() {
    let keys = "for k in $(aws s3api list-objects --bucket b --query 'Contents[].Key'); do";
    let delete = "aws s3api delete-object --bucket b --key $k";
    for test in ["[[ $k == photos/* ]]", "[ \"$k\" = \"$one\" ]", "[[ $k =~ ^old ]]"] {
        assert_eq!(
            finds(&format!("{keys}\n  if {test}; then {delete}; fi\ndone")),
            [""; 0],
            "{test}"
        );
    }
    for test in ["[[ $k != index ]]", "[ -n \"$k\" ]", "aws s3api head-object --key $k"] {
        let found = finds(&format!("{keys}\n  if {test}; then {delete}; fi\ndone"));
        assert_eq!(found, ["sh.aws.each"], "{test}");
    }
    // What is named as there for a while, whatever lists it.
    let stacks = "for s in $(aws cloudformation describe-stacks | jq -r '.Stacks[].StackName'); do";
    let delete = "aws cloudformation delete-stack --stack-name $s";
    assert_eq!(finds(&format!("{stacks}\n[[ $s == *-tmp-* ]] && {delete}\ndone")), [""; 0]);
    assert_eq!(finds(&format!("{stacks}\n[[ $s == *-live-* ]] && {delete}\ndone")).len(), 1);
}

#[test]
fn of_what_is_listed_only_what_is_there_for_a_while_may_go() {
    let drop = "while read -r d; do psql -c \"DROP DATABASE $d\"; done";
    for list in ["psql -lqt | cut -d '|' -f 1 | grep", "psql --list | awk -F'|'", "psql -Atc"] {
        let (these, those) = match list.split(' ').next_back() {
            Some("grep") => ("test_", "shop_"),
            Some("-Atc") => (
                "\"SELECT datname FROM pg_database WHERE datname LIKE 'tmp_%'\"",
                "\"SELECT datname FROM pg_database WHERE datname NOT LIKE 'tmp_%'\"",
            ),
            _ => ("'/^test/ {print $1}'", "'/^shop/ {print $1}'"),
        };
        assert_eq!(finds(&format!("{list} {these} | {drop}")), [""; 0], "{these}");
        assert_eq!(finds(&format!("{list} {those} | {drop}")).len(), 1, "{those}");
    }
    let buckets = "aws s3 ls | cut -d' ' -f3 | grep";
    let by = "xargs -I{} aws s3 rb --force s3://{}";
    assert_eq!(finds(&format!("{buckets} '^tmp-' | {by}")), [""; 0]);
    assert_eq!(finds(&format!("{buckets} -v '^tmp-' | {by}")), ["sh.aws.s3"]);
    assert_eq!(finds(&format!("{buckets} -E 'tmp|shop' | {by}")), ["sh.aws.s3"]);
}

#[test]
fn beside_what_is_there_for_a_while_other_things_go() {
    for text in [
        "docker volume rm $(docker volume ls -q | grep test_) shop_pgdata",
        "rm -rf $(ls /tmp | grep test_) /srv/shop/uploads",
        "rm -rf /srv/shop/uploads $(ls /tmp | grep test_)",
        // Where it is done, and not what goes.
        "aws s3 rm s3://shop-uploads --recursive --profile $(aws configure list-profiles | grep test)",
        "psql shop -c \"DROP TABLE $(psql -At -c 'select relname from pg_class' | grep tmp_); TRUNCATE users\"",
        "for it in $(psql -lqt | grep test_); do psql -c \"TRUNCATE users; DROP DATABASE $it\"; done",
    ] {
        assert_eq!(finds(text).len(), 1, "{text}");
    }
    for text in [
        "docker volume rm $(docker volume ls -q | grep test_)",
        "rm -rf $(ls -d /srv/shop/uploads* | grep test_)",
        "for it in $(psql -lqt | grep test_); do dropdb -h db --if-exists \"$it\"; done",
        "for it in $(aws s3 ls | grep tmp_); do aws s3 rb \"s3://$it\" --force --region eu; done",
        "for it in $(psql -lqt | grep test_); do psql -c \"SELECT 1; DROP DATABASE \\\"$it\\\"\"; done",
        "for it in $(kubectl get ns | grep test-); do kubectl delete ns $it; done",
        "for it in $(cf apps | grep test-); do cf delete $it -f; done",
    ] {
        assert_eq!(finds(text), [""; 0], "{text}");
    }
}

#[test]
fn the_mark_of_xargs_is_told_by_its_own_options() {
    for text in [
        "redis-cli keys '*' | xargs -n 100 docker exec -i redis redis-cli del",
        "redis-cli keys '*' | xargs -n 100 docker exec -it redis redis-cli del",
        "psql -lqt | cut -d'|' -f1 | xargs -n1 docker exec -i db dropdb",
        "psql -lqt | cut -d'|' -f1 | xargs -n1 -I{} docker exec -i db dropdb {}",
        "psql -lqt | cut -d'|' -f1 | xargs --max-args 1 -I it docker exec -i db dropdb it",
    ] {
        assert_eq!(finds(text).len(), 1, "{text}");
    }
    let text = "psql -lqt | grep test_ | xargs -n1 docker exec -i db dropdb";
    assert_eq!(finds(text), [""; 0]);
}

#[test]
fn what_one_person_has_is_not_all_of_it() {
    let text = |list: &str, of: &str| {
        format!("curl {list} | {of} | while read id; do curl -XDELETE $API/orders/$id; done")
    };
    let ids = "jq -r '.[].id'";
    for (list, of) in [
        ("$API/orders", ids),
        ("$API/shops/$S/orders", ids),
        ("$API/orders", "grep -o '\"id\":[0-9]*'"),
    ] {
        assert_eq!(finds(&text(list, of)), ["sh.web.each"], "{list} {of}");
    }
    for (list, of) in [
        ("$API/users/$USER_ID/orders", ids),
        ("$API/me/orders", ids),
        ("$API/orders", "grep '\"user_id\":42'"),
    ] {
        assert_eq!(finds(&text(list, of)), [""; 0], "{list} {of}");
    }
}

#[test]
fn keys_of_etcd_and_items_that_are_put_together() {
    for (text, id) in [
        ("etcdctl get --prefix --keys-only / | xargs -n1 etcdctl del", "sh.each"),
        ("for k in $(etcdctl get / --prefix --keys-only); do etcdctl del $k; done", "sh.each"),
        (
            "r=$(aws dynamodb scan --table-name p)\nq=$(echo \"$r\" | jq -c '{p: [.Items[] | {DeleteRequest: {Key: .}}]}')\naws dynamodb batch-write-item --request-items \"$q\"",
            "sh.aws.each",
        ),
    ] {
        assert_eq!(finds(text), [id], "{text}");
    }
    for text in [
        "etcdctl get --prefix --keys-only /shop/old | xargs -n1 etcdctl del",
        "etcdctl get --prefix --keys-only / | grep lease | xargs -n1 etcdctl del",
        "r=$(aws dynamodb scan --table-name p)\nq=$(echo \"$r\" | jq -c '{q: [.Items[] | {PutRequest: {Item: .}}]}')\naws dynamodb batch-write-item --request-items \"$q\"",
    ] {
        assert_eq!(finds(text), [""; 0], "{text}");
    }
}

#[test]
fn addresses_that_stand_for_all() {
    for (text, id) in [
        ("curl -X DELETE \"http://consul:8500/v1/kv/shop?recurse=true\"", "sh.es_curl"),
        ("curl -X DELETE \"$U/rest/v1/orders?id=neq.0\" -H \"apikey: $K\"", "sh.es_curl"),
        ("curl -X DELETE \"$U/rest/v1/orders?id=not.is.null\"", "sh.es_curl"),
        ("curl -X DELETE \"$U/rest/v1/orders?id=gt.0&select=id\"", "sh.es_curl"),
        (
            "curl -X DELETE \"$U/rest/v1/orders?id=neq.00000000-0000-0000-0000-000000000000\"",
            "sh.es_curl",
        ),
        ("curl -X POST \"$U/rest/v1/rpc/truncate_orders\"", "sh.web"),
        ("curl -X POST \"$U/rest/v1/rpc/wipe_all_tables\" -d '{}'", "sh.web"),
        ("gsutil -m rm \"gs://$B/**\"", "sh.gcloud.storage"),
        ("az resource delete --ids $id", "sh.az.unasked"),
        ("find /var/lib/docker -mindepth 1 -delete", "sh.find_delete"),
        (
            "influx delete --bucket b --start 1970-01-01T00:00:00Z --predicate '_measurement=\"orders\"'",
            "sh.influx",
        ),
        ("vendor/bin/shop-console shop:database:reset --force", "sh.named.task"),
        ("python manage.py reset_db --force", "sh.django"),
    ] {
        assert_eq!(finds(text), [id], "{text}");
    }
    for text in [
        "curl -X DELETE \"http://consul:8500/v1/kv/shop/one\"",
        "curl -X DELETE \"$U/rest/v1/orders?id=eq.7\"",
        "curl -X DELETE \"$U/rest/v1/orders?id=gte.1000\"",
        "curl -X DELETE \"$U/rest/v1/orders?shop=neq.0&state=eq.old\"",
        "curl -X POST \"$U/rest/v1/rpc/count_orders\"",
        "gsutil rm gs://$B/one/**",
        "influx delete --bucket b --start 2024-01-01T00:00:00Z --predicate '_measurement=\"orders\"'",
    ] {
        assert_eq!(finds(text), [""; 0], "{text}");
    }
}

#[test]
fn asked_whether_something_stays_a_no_agrees() {
    for (text, line) in [
        ("read -p 'Keep the database? [Y/n] ' a\nif [ \"$a\" = n ]; then dropdb shop; fi\n", 2),
        ("read -p 'Keep the data? ' a\n[[ $a =~ ^[Nn]$ ]] || exit 0\ndropdb shop\n", 3),
    ] {
        assert_eq!(guarded("a.sh", text), [(line, GuardKind::Confirmation)], "{text}");
    }
    for text in [
        "read -p 'Keep the database? ' a\nif [ \"$a\" = y ]; then dropdb shop; fi\n",
        "read -p 'Keep going? (y/n) ' a\nif [ \"$a\" = n ]; then dropdb shop; fi\n",
        "read -p 'Keep in mind that all data is lost. Continue? (y/n) ' a\nif [ \"$a\" = n ]; then dropdb shop; fi\n",
        "read -p 'Delete all, and keep nothing? ' a\nif [ \"$a\" = n ]; then dropdb shop; fi\n",
    ] {
        assert!(defects("a.sh", text).contains(&Defect::WrongWayRound), "{text}");
    }
}

#[test]
fn to_keep_going_is_no_keeping() {
    for asked in ["Keep going?", "Keep in mind that this is production. Continue?"] {
        let text = format!("read -p '{asked} [y/N] ' a\n[ \"$a\" = y ] || exit 1\ndropdb shop\n");
        assert_eq!(guarded("a.sh", &text), [(3, GuardKind::Confirmation)]);
    }
}

#[test]
fn names_of_the_shell_are_none_of_another_language() {
    let text = "db=\"${1:-shop}\"\nmongosh dbhost <<EOF\nuse $db\ndb.orders.drop()\nEOF\n";
    assert_eq!(open("a.sh", text).len(), 1);
    for name in ["db", "my_db", "shop_db"] {
        let text = format!("{name}=shop\nmongosh <<EOF\nuse shop\n{name}.orders.drop()\nEOF\n");
        assert_eq!(open("a.sh", &text).len(), 1, "{text}");
    }
}
