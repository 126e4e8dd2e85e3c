//! Known sample databases, by the people in them and by their tables: Chinook, Northwind, Sakila and others that everybody learns
//! with. Their people are invented, though they look real.

use std::collections::HashSet;
use std::sync::LazyLock;

/// One line a sample: its name, a colon, and a hash of 12 hexadecimal digits for each way in which one of its people is written:
/// with and without the middle name, and without accents. A hash is the low 48 bits of FNV-1a (64 bits) over the UTF-8 of the
/// parts of the name that are letters, lower case, each once, in order of their bytes, joined by a blank.
static SAMPLES: &str = include_str!("samples.txt");

/// What FNV-1a starts with and multiplies by.
const FNV_OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
const FNV_PRIME: u64 = 0x0100_0000_01b3;

/// The bits of a hash that are kept.
const HASH: u64 = (1 << 48) - 1;

/// Bytes of the names of a person: more are no name.
const LONGEST: usize = 256;

/// Tables of a sample from which on some may be missing: of fewer, all are wanted, as a shop has customers and orders, too.
const MANY: usize = 10;

/// Hashes of people, in order, with the first sample that has them: classicmodels has many of Northwind's.
static PEOPLE: LazyLock<Vec<(u64, &'static str)>> = LazyLock::new(|| {
    let mut people: Vec<_> = SAMPLES
        .lines()
        .filter_map(|line| line.split_once(": "))
        .flat_map(|(sample, hashes)| hashes.split(' ').map(move |it| (it, sample)))
        .filter_map(|(hash, sample)| Some((u64::from_str_radix(hash, 16).ok()?, sample)))
        .collect();
    people.sort_by_key(|(hash, _)| *hash);
    people.dedup_by_key(|(hash, _)| *hash);
    people
});

/// The tables of samples; those that are copied about with other tables have a line for each.
static TABLES: &[(&str, &str)] = &[
    (
        "Chinook",
        "album artist customer employee genre invoice invoice_line media_type playlist \
         playlist_track track",
    ),
    (
        "Northwind",
        "categories customer_customer_demo customer_demographics customers employees \
         employee_territories order_details orders products regions shippers suppliers territories",
    ),
    (
        "Northwind",
        "customers employee_privileges employees inventory_transaction_types \
         inventory_transactions invoices order_details order_details_status orders orders_status \
         orders_tax_status privileges products purchase_order_details purchase_order_status \
         purchase_orders sales_reports shippers strings suppliers",
    ),
    (
        "Sakila",
        "actor address category city country customer film film_actor film_category film_text \
         inventory language payment rental staff store",
    ),
    (
        "classicmodels",
        "customers employees offices order_details orders payments product_lines products",
    ),
    ("Oracle HR", "countries departments employees job_history jobs locations regions"),
    ("Oracle HR", "countries departments dependents employees jobs locations regions"),
    (
        "Oracle OE",
        "customers inventories order_items orders product_descriptions product_information \
         promotions warehouses",
    ),
    ("Scott", "bonus dept emp salgrade"),
    (
        "pubs",
        "authors discounts employee jobs pub_info publishers roysched sales stores titleauthor titles",
    ),
    (
        "AdventureWorks",
        "address customer customer_address product product_category product_description \
         product_model product_model_product_description sales_order_detail sales_order_header",
    ),
    (
        "AdventureWorks",
        "address address_type bill_of_materials business_entity business_entity_address \
         business_entity_contact contact_type country_region country_region_currency credit_card \
         culture currency currency_rate customer department document email_address employee \
         employee_department_history employee_pay_history illustration job_candidate location \
         password person person_credit_card person_phone phone_number_type product \
         product_category product_cost_history product_description product_document \
         product_inventory product_list_price_history product_model product_model_illustration \
         product_model_product_description_culture product_photo product_product_photo \
         product_review product_subcategory product_vendor purchase_order_detail \
         purchase_order_header sales_order_detail sales_order_header \
         sales_order_header_sales_reason sales_person sales_person_quota_history sales_reason \
         sales_tax_rate sales_territory sales_territory_history scrap_reason shift ship_method \
         shopping_cart_item special_offer special_offer_product state_province store \
         transaction_history transaction_history_archive unit_measure vendor work_order \
         work_order_routing",
    ),
    (
        "AdventureWorks",
        "dim_account dim_currency dim_customer dim_date dim_department_group dim_employee \
         dim_geography dim_organization dim_product dim_product_category dim_product_subcategory \
         dim_promotion dim_reseller dim_sales_reason dim_sales_territory dim_scenario \
         fact_additional_international_product_description fact_call_center fact_currency_rate \
         fact_finance fact_internet_sales fact_internet_sales_reason fact_product_inventory \
         fact_reseller_sales fact_sales_quota fact_survey_response prospective_buyer",
    ),
    ("BikeStores", "brands categories customers order_items orders products staffs stocks stores"),
    (
        "Wide World Importers",
        "buying_groups cities cold_room_temperatures colors countries customer_categories \
         customer_transactions customers delivery_methods invoice_lines invoices order_lines \
         orders package_types payment_methods people purchase_order_lines purchase_orders \
         special_deals state_provinces stock_groups stock_item_holdings stock_items \
         stock_item_stock_groups stock_item_transactions supplier_categories suppliers \
         supplier_transactions system_parameters transaction_types vehicle_temperatures",
    ),
    (
        "Firebird employee",
        "country customer department employee employee_project job proj_dept_budget project \
         salary_history sales",
    ),
    ("PetClinic", "owners pets specialties types vet_specialties vets visits"),
    ("employees of MySQL", "departments dept_emp dept_manager employees salaries titles"),
    (
        "SQL Murder Mystery",
        "crime_scene_report drivers_license facebook_event_checkin get_fit_now_check_in \
         get_fit_now_member income interview person",
    ),
];

/// The sample that has a person of these names: all the parts of a row, parted by blanks. Some of these people have namesakes who
/// are real, so that one alone says nothing: believe it where most rows of a table are of samples. Two samples share people, so
/// that the rows of one table may name both.
pub(super) fn sample_of(names: &str) -> Option<&'static str> {
    let hash = person(names)?;
    let place = PEOPLE.binary_search_by_key(&hash, |(hash, _)| *hash).ok()?;
    PEOPLE.get(place).map(|(_, sample)| *sample)
}

/// The sample whose tables these are: at least four of five of its tables are among them, and they are three of five of these,
/// whatever the case, underscores and plural. Says whose tables they are, not whose people: anybody can fill them.
pub(super) fn by_tables(names: &[String]) -> Option<&'static str> {
    let names: HashSet<String> = names.iter().map(|it| plain(it)).collect();
    let found = |(sample, tables): &(&'static str, &str)| {
        let there = tables.split(' ').filter(|it| names.contains(&plain(it))).count();
        let all = tables.split(' ').count();
        let is_it = if all < MANY { there == all } else { there * 5 >= all * 4 };
        (is_it && there * 5 >= names.len() * 3).then_some((there, *sample))
    };
    TABLES.iter().filter_map(found).max_by_key(|(there, _)| *there).map(|(_, sample)| sample)
}

/// The hash of a person; none where there are no letters.
fn person(names: &str) -> Option<u64> {
    if names.len() > LONGEST {
        return None;
    }
    let names = names.to_lowercase();
    let mut parts = Vec::with_capacity(8);
    parts.extend(names.split(|it: char| !it.is_alphabetic()).filter(|it| !it.is_empty()));
    parts.sort_unstable();
    parts.dedup();
    let mut hash = FNV_OFFSET;
    for (n, part) in parts.iter().enumerate() {
        let blank = if n > 0 { " " } else { "" };
        for byte in blank.bytes().chain(part.bytes()) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(FNV_PRIME);
        }
    }
    (!parts.is_empty()).then_some(hash & HASH)
}

/// The name of a table without what differs from copy to copy: case, underscores and blanks, the plural.
fn plain(name: &str) -> String {
    let mut name: String = name.to_lowercase().chars().filter(|it| it.is_alphanumeric()).collect();
    if name.ends_with("ies") {
        name.truncate(name.len() - 3);
        name.push('y');
    } else if name.ends_with('s') {
        name.pop();
    }
    name
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn tables(names: &str) -> Vec<String> {
        names.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn finds_people_of_samples() {
        for (names, sample) in [
            ("Luís Gonçalves", "Chinook"),
            ("GONCALVES LUIS", "Chinook"),
            ("Nancy Edwards", "Chinook"),
            ("Maria Anders", "Northwind"),
            ("Anders, Maria", "Northwind"),
            ("Maria Anders Maria", "Northwind"),
            ("  ana   trujillo ", "Northwind"),
            ("Nancy Davolio", "Northwind"),
            ("PENELOPE GUINESS", "Sakila"),
            ("Leanne Graham", "JSONPlaceholder"),
        ] {
            assert_eq!(sample_of(names), Some(sample), "{names}");
        }
    }

    #[test]
    fn lets_through_other_people() {
        let long = "Maria Anders ".repeat(40);
        for names in ["", " ", "42", "Maria", "Anders", "Maria Andersen", "MariaAnders", &long] {
            assert_eq!(sample_of(names), None, "{names}");
        }
    }

    #[test]
    fn finds_samples_by_their_tables() {
        let tutorial = "albums artists customers employees genres invoices invoice_items media_types \
                        playlists playlist_track tracks";
        let northwind = "Categories CustomerCustomerDemo CustomerDemographics Customers Employees \
                         EmployeeTerritories Order~Details Orders Products Regions Shippers Suppliers \
                         Territories";
        let sakila = "ACTOR FILM FILM_ACTOR FILM_CATEGORY CATEGORY LANGUAGE INVENTORY RENTAL \
                      PAYMENT STORE STAFF CUSTOMER ADDRESS CITY COUNTRY payment_p2022_01 \
                      payment_p2022_02 payment_p2022_03 payment_p2022_04";
        for (names, sample) in [
            (tutorial, "Chinook"),
            (northwind, "Northwind"),
            (sakila, "Sakila"),
            ("EMP DEPT BONUS SALGRADE", "Scott"),
        ] {
            let names: Vec<String> = tables(names).iter().map(|it| it.replace('~', " ")).collect();
            assert_eq!(by_tables(&names), Some(sample), "{names:?}");
        }
    }

    #[test]
    fn lets_through_other_tables() {
        for names in [
            "",
            "customers orders products",
            "customers employees orders order_details payments products offices",
            "album artist customer employee genre invoice media_type track",
            "emp dept bonus salgrade a b c",
        ] {
            assert_eq!(by_tables(&tables(names)), None, "{names}");
        }
        assert_eq!(by_tables(&[]), None);
    }

    #[test]
    fn every_line_is_read() {
        let hashes = SAMPLES.split_whitespace().filter(|it| it.len() == 12);
        let in_order: HashSet<&str> =
            hashes.filter(|it| it.bytes().all(|it| it.is_ascii_hexdigit())).collect();
        assert_eq!(PEOPLE.len(), in_order.len());
        assert!(PEOPLE.iter().all(|(hash, _)| *hash <= HASH));
        assert_eq!(SAMPLES.lines().count(), SAMPLES.lines().filter(|it| it.contains(": ")).count());
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_text_is_read(names in ".{0,300}", tables in prop::collection::vec(".{0,20}", 0..20)) {
            let _ = sample_of(&names);
            let _ = by_tables(&tables);
        }
    }
}
