//! Clouds, clusters and brokers, and directories of what keeps data; the scripts here are invented.

use crate::content::script::tests::{guarded, open};

#[test]
fn finds() {
    for (path, text, found) in [
        // What is gone of an account and of a network.
        ("a.sh", "aws ec2 delete-vpc --vpc-id $VPC\n", (1, "sh.aws.parts")),
        ("a.sh", "gcloud -q iam service-accounts delete $ACCOUNT\n", (1, "sh.provider.asked")),
        ("a.sh", "heat stack-delete shop -y\n", (1, "sh.provider.asked")),
        // Interfaces of clouds over the web.
        (
            "a.sh",
            "curl -s -X DELETE \"https://api.cloudflare.com/client/v4/accounts/$ACCOUNT/d1/database/$ID\" -H \"$AUTH\"\n",
            (1, "sh.es_curl"),
        ),
        (
            "a.sh",
            "curl -X DELETE https://api.digitalocean.com/v2/databases/$ID\n",
            (1, "sh.es_curl"),
        ),
        ("a.sh", "curl -X DELETE https://api.hetzner.cloud/v1/volumes/7\n", (1, "sh.es_curl")),
        (
            "a.sh",
            "curl -X DELETE https://console.neon.tech/api/v2/projects/$ID\n",
            (1, "sh.es_curl"),
        ),
        ("a.py", "requests.delete(f'https://api.heroku.com/apps/{app}')\n", (1, "web.store")),
        // Clusters.
        ("a.sh", "kubectl delete -k deploy/base\n", (1, "sh.kubectl")),
        ("a.sh", "kubectl delete -f deploy/orders-crd.yaml\n", (1, "sh.kubectl")),
        ("hack/uninstall.sh", "oc delete namespace shop\n", (1, "sh.kubectl")),
        ("dev/cleanup.sh", "kubectl delete crd orders.shop.example\n", (1, "sh.kubectl")),
        ("a.sh", "helm uninstall shop -n cilium\n", (1, "sh.helm")),
        ("a.sh", "helm uninstall istiod shop\n", (1, "sh.helm")),
        ("a.sh", "kubectl delete namespace istio-system shop\n", (1, "sh.kubectl")),
        (
            "a.sh",
            "kubectl get crd | grep -v cilium | xargs kubectl delete crd\n",
            (1, "sh.kubectl"),
        ),
        (
            "a.sh",
            "kubectl get crd | grep orders | awk '{print $1}' | xargs kubectl delete crd\n",
            (1, "sh.kubectl"),
        ),
        // Brokers and copies.
        (
            "a.sh",
            "kafka-configs.sh --alter --entity-type topics --entity-name orders --add-config retention.ms=1000\n",
            (1, "sh.kafka"),
        ),
        ("a.sh", "repmgr -h db1 standby clone -F\n", (1, "sh.store")),
        ("a.sh", "$(drush @shop sql-connect) < backup.sql\n", (1, "sh.restore")),
        ("a.sh", "drush sql-cli < backup.sql\n", (1, "sh.restore")),
        ("a.sh", "mysql shop < $DIR/$NAME/backup.sql\n", (1, "sh.restore")),
        ("a.sh", "./rebuild-database.sh --force\n", (1, "sh.named.destroy")),
        // Machines and directories.
        ("a.sh", "virsh undefine $NAME\nrm $VM_DIR/$NAME.qcow2\n", (2, "sh.rm")),
        (
            "playbooks/a.yml",
            "- hosts: db\n  tasks:\n    - file: path=/work/mongodb{{ port }} state=absent\n",
            (3, "ansible.file"),
        ),
        (
            "playbooks/a.yml",
            "- hosts: db\n  tasks:\n    - file: {path: /var/lib/prometheus, state: absent}\n",
            (3, "ansible.file"),
        ),
        (
            "playbooks/a.yml",
            "- hosts: db\n  tasks:\n    - file: {name: \"{{ item }}\", state: absent}\n      with_items: [/usr/local/bin/k3s, /var/lib/rancher/k3s]\n",
            (3, "ansible.file"),
        ),
        ("a.sh", "rm -rf /var/lib/mysql2\n", (1, "sh.rm")),
        ("a.sh", "rm -rf data/mongodb27017\n", (1, "sh.rm")),
        ("a.sh", "rm -rf /var/lib/kafka/topics\n", (1, "sh.rm")),
        // Blanks between two variables.
        ("a.sh", "A=dropdb\nB=shop\neval \"$A $B\"\n", (1, "sh.dropdb")),
        ("a.sh", "run() { eval \"${1} ${2}\"; }\nrun dropdb shop\n", (2, "sh.dropdb")),
    ] {
        assert_eq!(open(path, text), [found], "{text}");
    }
}

#[test]
fn lets_through() {
    for (path, text) in [
        // Programs have a number as well, and not all that a store keeps is data.
        ("a.sh", "rm -rf mysql2\nrm -rf lib/mysql2\nrm -rf include/mysql8\n"),
        ("a.sh", "rm -rf /usr/lib/postgresql15\nrm -rf /usr/local/opt/postgresql14\n"),
        ("a.sh", "rm -rf /var/lib/rabbitmq/.erlang.cookie /var/lib/kafka/plugins\n"),
        ("a.sh", "rm -rf /var/lib/jenkins/secrets /var/lib/jenkins/init.groovy.d\n"),
        (
            "playbooks/a.yml",
            "- hosts: db\n  tasks:\n    - file: {path: /var/lib/grafana/plugins, state: absent}\n",
        ),
        ("a.sh", "aws iam delete-role-policy --role-name shop --policy-name p\n"),
        (
            "a.sh",
            "aws iam delete-role --role-name shop\naws ec2 release-address --allocation-id $IP\n",
        ),
        ("a.sh", "aws ec2 delete-security-group --group-id $ID\n"),
        ("a.sh", "gcloud -q iam roles delete shop\n"),
        (
            "a.sh",
            "curl -X DELETE https://api.cloudflare.com/client/v4/zones/$ZONE/dns_records/$ID\n",
        ),
        ("a.sh", "curl https://api.digitalocean.com/v2/databases/$ID\n"),
        ("a.sh", "curl -X DELETE https://api.digitalocean.com/v2/domains/$D/records/$ID\n"),
        ("a.sh", "kubectl delete -k config/default\n"),
        ("a.sh", "kubectl delete -k deploy/overlays/test\n"),
        ("a.sh", "kubectl delete -f deploy/example-crd.yaml\n"),
        ("hack/restart.sh", "oc delete namespace shop\n"),
        ("hack/cleanup.sh", "docker compose down -v\n"),
        ("a.sh", "helm uninstall istio-base -n istio-system --wait\n"),
        ("a.sh", "NS=\"${ISTIO_NAMESPACE:-istio-system}\"\nkubectl delete namespace \"$NS\"\n"),
        ("a.sh", "kubectl get crd | grep cilium | awk '{print $1}' | xargs kubectl delete crd\n"),
        (
            "playbooks/a.yml",
            "- hosts: a\n  tasks:\n    - k8s: {kind: Namespace, name: tigera-operator, state: absent}\n",
        ),
        (
            "a.sh",
            "kafka-configs --alter --entity-type topics --entity-name orders --add-config retention.ms=604800000\n",
        ),
        ("a.sh", "repmgr standby clone --dry-run\n"),
        ("a.sh", "drush sql-cli < queries.sql\n"),
        ("a.sh", "rm $OUT/$NAME.img\n"),
        ("a.sh", "rm $VM_DIR/build/$NAME.qcow2\n"),
        (
            "playbooks/a.yml",
            "- hosts: a\n  tasks:\n    - file: {path: /var/lib/docker, state: absent}\n",
        ),
        // One of what is listed.
        (
            "a.sh",
            "ID=$(az ad app list --display-name shop --query '[0].appId' -o tsv)\naz ad app delete --id $ID\n",
        ),
        (
            "a.sh",
            "ARN=$(aws kafkaconnect list-connectors --query \"connectors[?connectorName=='a'].connectorArn\")\naws kafkaconnect delete-connector --connector-arn $ARN\n",
        ),
    ] {
        assert_eq!(open(path, text), [], "{text}");
    }
}

#[test]
fn a_tool_that_asks_by_itself_stops() {
    for text in ["heat stack-delete shop\n", "gcloud iam service-accounts delete $ACCOUNT\n"] {
        assert_eq!(open("a.sh", text), [], "{text}");
        assert_eq!(guarded("a.sh", text).len(), 1, "{text}");
    }
}
