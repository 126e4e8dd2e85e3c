//! What names of tables say, language by language.

use proptest::prelude::*;

use super::super::TableSays::{self, *};
use super::table_says;

#[track_caller]
fn say(rows: &[(TableSays, &str)]) {
    let mut wrong = Vec::new();
    for (says, names) in rows {
        for name in names.split(", ") {
            let found = table_says(name);
            if found != *says {
                wrong.push(format!("{name}: {found:?}, not {says:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn tables_of_people_in_many_languages() {
    say(&[
        (
            People,
            "users, user, customers, students, tbl_student, tblusers, members_member, res_partner, auth_user, wp_users, accounts_customuser, \
             shop_customer, AspNetUsers, contacts, employees, hr_employee, patients, user_profile, user_accounts, customer_data, people, persons, staff, app_user, \
             tb_users, usersOld, users_backup, student_info, users_berlin, participants, teacher, voters, subscribers, order_customers, django_user, \
             core_person, user_details, clients, guests",
        ),
        (People, "Kunden, benutzer, Mitarbeiter, schüler, tbl_kunden, mitglieder"),
        (People, "utilisateurs, clients, élèves, employés, etudiants, adherents"),
        (
            People,
            "usuarios, clientes, alumnos, empleados, personas, tabla_usuarios, clientes_activos, lista_alumnos",
        ),
        (People, "usuários, funcionarios, alunos, pessoas, tb_clientes"),
        (People, "utenti, clienti, studenti, dipendenti, anagrafica"),
        (People, "gebruikers, klanten, medewerkers, leerlingen"),
        (People, "użytkownicy, klienci, pracownicy, uczniowie"),
        (People, "uživatelé, zákazníci, zaměstnanci, studenti"),
        (People, "användare, kunder, elever, anställda, brukere, medlemmer, brugere, medarbejdere"),
        (People, "käyttäjät, asiakkaat, oppilaat, henkilöt"),
        (People, "felhasználók, ügyfelek, diákok, dolgozok"),
        (People, "utilizatori, angajati, elevi, persoane"),
        (People, "kullanicilar, kullanıcılar, müşteriler, ogrenciler, personel"),
        (People, "пользователи, клиенты, сотрудники, ученики, студенты, таблица_клиенты, klienty"),
        (People, "користувачі, клієнти, учні, працівники"),
        (People, "χρήστες, πελάτες, μαθητές, pelates"),
        (People, "المستخدمين, العملاء, الطلاب, موظفين, کاربران, دانشجویان"),
        (People, "משתמשים, לקוחות, תלמידים, עובדים"),
        (People, "grahak, karmchari, vidyarthi, talba"),
        (
            People,
            "pengguna, pelanggan, siswa, mahasiswa, karyawan, data_siswa, tb_guru, daftar_anggota",
        ),
        (People, "khach_hang, nhan_vien, sinh_vien, người_dùng, học_sinh"),
        (People, "用户, 客户, 学生, 员工, 用户表, 学生信息, 會員, kehu, yonghu, xuesheng"),
        (People, "顧客, 会員, ユーザー, 社員, 顧客マスタ, 生徒名簿, kokyaku"),
        (People, "사용자, 회원, 고객, 학생, 회원목록, 고객정보"),
        (People, "watumiaji, wateja, wanafunzi"),
    ]);
}

#[test]
fn tables_of_events_in_many_languages() {
    say(&[
        (
            Events,
            "orders, user_sessions, auth_user_groups, attendance, results, messages, access_log, logs, customer_order, accounts_emailaddress, payments, \
             appointments, django_session, wp_posts, wp_comments, wp_usermeta, user_addresses, student_marks, exam_results, login_attempts, \
             order_items, usersessions, auth_user_user_permissions, authtoken_token, django_admin_log, comments, AspNetUserRoles, audit_log, notifications, \
             user_photo, customer_products, enrollments, bookings, user_xyz",
        ),
        (
            Events,
            "bestellungen, rechnungen, nachrichten, commandes, factures, pedidos, pedidos_cliente, mensajes, vendas, ordini, bestellingen, zamowienia",
        ),
        (
            Events,
            "objednavky, tilaukset, szamlak, comenzi, siparisler, заказы, платежи, замовлення, παραγγελίες, الطلبات, הזמנות, pesanan, nilai_siswa, don_hang",
        ),
        (Events, "订单, 学生成绩, 考勤记录, 注文, 受注履歴, 주문, 출석, 登录日志, 用户地址"),
    ]);
}

#[test]
fn tables_of_things_in_many_languages() {
    say(&[
        (
            Things,
            "products, cities, roles, groups, permissions, auth_group, auth_permission, auth_group_permissions, django_content_type, django_migrations, \
             migrations, categories, countries, settings, wp_options, wp_terms, songs, albums, artists, Track, Genre, MediaType, playlists, books, \
             schema_migrations, user_role, user_type, customer_group, user_group, AspNetRoles, model_has_roles_type, app_config, files, images, weather, \
             moz_places, favicons, useragents, kanji, definitions, pokemon, weapons, items, warehouse, product_categories, taxonomies, oauth_clients, \
             plugins, languages, order_status, payment_methods, email_templates, android_metadata, sqlite_sequence, properties",
        ),
        (
            Things,
            "produkte, städte, produits, villes, productos, ciudades, tipo_cliente, produtos, prodotti, produkty, товары, города, urunler, barang, san_pham",
        ),
        (Things, "商品, 城市, 产品分类, 製品, 상품, 角色, 部门"),
        (Nothing, "t1, foo, xyz_abc, \u{200b}, tbl, 12"),
    ]);
}

proptest! {
    #[test]
    fn any_text_is_answered(name in ".{0,120}") {
        let _ = table_says(&name);
    }
}
