//! Addresses of machines in a network: IP and MAC. `core::net` has their grammar and touches no network.

use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::{Found, Look};
use crate::content::database::Kind;

/// An IP address in a column of such: with a port, a prefix of one host, or others behind it as in `X-Forwarded-For`.
pub(super) fn ip(value: &str) -> Option<Found<'static>> {
    let value = value.split_once([',', ' ', '%']).map_or(value, |(first, _)| first);
    let value = value.strip_suffix("/32").or(value.strip_suffix("/128")).unwrap_or(value);
    if let Some((host, _)) = value.strip_prefix('[').and_then(|it| it.split_once(']')) {
        return Some(found(host.parse().ok()?));
    }
    let with_port = || {
        let (host, port) = value.split_once(':')?;
        let port_is_number = port.parse::<u16>().is_ok();
        host.parse::<Ipv4Addr>().ok().filter(|_| port_is_number).map(IpAddr::V4)
    };
    Some(found(value.parse().ok().or_else(with_port)?))
}

/// An IP address that nothing names so. One of few digits may be a version: `1.2.3.4`.
pub(super) fn ip_by_itself(value: &str, digits: usize) -> Option<Found<'static>> {
    match value.parse() {
        Ok(IpAddr::V4(_)) if digits < 8 => None,
        // `::1` and `a::b` are code.
        Ok(IpAddr::V6(_)) if value.len() < 8 => None,
        Ok(address) => Some(found(address)),
        Err(_) => None,
    }
}

/// An IP address of version 4 as one number. Those below 1.0.0.0 are counts.
pub(super) fn ip_of_integer(number: i64) -> Option<Found<'static>> {
    let number = u32::try_from(number).ok().filter(|it| *it > 0x00ff_ffff)?;
    Some(found(IpAddr::V4(Ipv4Addr::from(number))))
}

fn found(address: IpAddr) -> Found<'static> {
    let address = match address {
        IpAddr::V6(it) => it.to_ipv4_mapped().map_or(address, IpAddr::V4),
        IpAddr::V4(_) => address,
    };
    let look = match address {
        IpAddr::V4(it) => look_of_4(it),
        IpAddr::V6(it) => look_of_6(it),
    };
    Found::new(Kind::IpAddress, look)
}

/// IANA, "IPv4 Special-Purpose Address Registry".
fn look_of_4(address: Ipv4Addr) -> Look {
    let [a, b, ..] = address.octets();
    // RFC 1918, RFC 1122, RFC 3927, RFC 5737, RFC 2544.
    let is_nobodys = address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_documentation()
        || address.is_unspecified()
        || address.is_broadcast()
        || (a == 198 && b & 0xfe == 18);
    // RFC 6598 (shared by customers of one provider), RFC 5771 and RFC 1112.
    let is_shared = (a == 100 && b & 0xc0 == 64) || a >= 224 || a == 0;
    match (is_nobodys, is_shared) {
        (true, _) => Look::Synthetic,
        (_, true) => Look::Unknown,
        _ => Look::Real,
    }
}

/// IANA, "IPv6 Special-Purpose Address Registry".
fn look_of_6(address: Ipv6Addr) -> Look {
    let [a, b, ..] = address.segments();
    // RFC 4291, RFC 4193, RFC 3849, RFC 9637.
    let is_nobodys = address.is_loopback()
        || address.is_unspecified()
        || a & 0xfe00 == 0xfc00
        || a & 0xffc0 == 0xfe80
        || (a == 0x2001 && b == 0x0db8)
        || (a == 0x3fff && b & 0xf000 == 0);
    // Only 2000::/3 is given out.
    match (is_nobodys, a & 0xe000 == 0x2000) {
        (true, _) => Look::Synthetic,
        (_, true) => Look::Real,
        _ => Look::Unknown,
    }
}

/// A MAC address: six pairs of hex digits with `:` or `-` between them, or three fours with dots. Where the column says so also
/// twelve digits (IEEE 802, clause 8).
pub(super) fn mac(value: &str, column_says_so: bool) -> Option<Found<'static>> {
    let bytes = value.as_bytes();
    let step = match bytes {
        [_, _, b':' | b'-', ..] if bytes.len() == 17 => 3,
        [_, _, _, _, b'.', ..] if bytes.len() == 14 => 5,
        _ if bytes.len() == 12 && column_says_so => 13,
        _ => return None,
    };
    let separator = bytes.get(step - 1);
    let mut address = 0u64;
    for (n, byte) in bytes.iter().enumerate() {
        if n % step == step - 1 {
            if Some(byte) != separator {
                return None;
            }
            continue;
        }
        address = address << 4 | u64::from(char::from(*byte).to_digit(16)?);
    }
    let first = address >> 40;
    // RFC 7042, 2.1.1 and 2.1.2: 00-00-5E-00-53-xx and 01-00-5E-90-10-xx are for documents.
    let is_nobodys = matches!(address, 0 | 0xffff_ffff_ffff | 0x1122_3344_5566 | 0x0011_2233_4455)
        || matches!(address >> 8, 0x00_005e_0053 | 0x01_005e_9010);
    let look = match first & 3 {
        _ if is_nobodys => Look::Synthetic,
        0 => Look::Real,
        // To a group, or made up by a system for privacy or for a virtual machine.
        _ => Look::Unknown,
    };
    Some(Found::new(Kind::MacAddress, look))
}

/// The addresses are invented, or of ranges for documents.
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds() {
        for (text, is) in [
            ("84.117.52.9", Look::Real),
            ("84.117.52.9:443", Look::Real),
            ("84.117.52.9, 10.0.0.1", Look::Real),
            ("84.117.52.9/32", Look::Real),
            ("2a02:810d:1234::5", Look::Real),
            ("[2a02:810d:1234::5]:443", Look::Real),
            ("::ffff:84.117.52.9", Look::Real),
            ("192.168.1.10", Look::Synthetic),
            ("10.0.0.1", Look::Synthetic),
            ("127.0.0.1", Look::Synthetic),
            ("203.0.113.7", Look::Synthetic),
            ("198.51.100.7", Look::Synthetic),
            ("2001:db8::1", Look::Synthetic),
            ("::1", Look::Synthetic),
            ("fe80::1%eth0", Look::Synthetic),
            ("100.64.1.1", Look::Unknown),
            ("224.0.0.1", Look::Unknown),
            ("ff02::1", Look::Unknown),
        ] {
            assert_eq!(ip(text).map(|it| it.look), Some(is), "{text}");
        }
        assert!(ip_by_itself("84.117.52.9", 8).is_some());
        assert!(ip_of_integer(0x5475_3409).is_some());
        for (text, says, is) in [
            ("3c:22:fb:1a:2b:3c", false, Look::Real),
            ("3C-22-FB-1A-2B-3C", false, Look::Real),
            ("3c22.fb1a.2b3c", false, Look::Real),
            ("3c22fb1a2b3c", true, Look::Real),
            ("00:00:5e:00:53:01", false, Look::Synthetic),
            ("00:00:00:00:00:00", false, Look::Synthetic),
            ("02:42:ac:11:00:02", false, Look::Unknown),
        ] {
            assert_eq!(mac(text, says).map(|it| it.look), Some(is), "{text}");
        }
    }

    #[test]
    fn lets_through() {
        for text in [
            "",
            "1.2.3",
            "1.2.3.256",
            "1.2.3.4.5",
            "localhost",
            "10.0.0.0/8",
            "12:34:56",
            "01.02.03.04",
        ] {
            assert!(ip(text).is_none(), "{text}");
        }
        assert!(ip_by_itself("1.2.3.4", 4).is_none());
        assert!(ip_by_itself("a::b", 0).is_none());
        assert!(ip_of_integer(42).is_none());
        assert!(ip_of_integer(-1).is_none());
        for text in [
            "3c22fb1a2b3c",
            "3c:22:fb:1a:2b",
            "3c:22-fb:1a-2b:3c",
            "zz:22:fb:1a:2b:3c",
            "3é:22:fb:1a:2b:3",
        ] {
            assert!(mac(text, false).is_none(), "{text}");
        }
    }
}
