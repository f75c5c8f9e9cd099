//! Registrations that do not become `Registered` once and for all.

use std::time::Duration;

use cloud_sim::subscriptions::state::Flap;

use crate::client::Client;
use crate::client::PRODUCTION;

#[test]
fn a_registration_can_flap() {
    let mut client = Client::new();
    client.sim.azure_modes().flap = Some(Flap {
        registered_seconds: 10,
        registering_seconds: 20,
        times: 2,
    });
    client.register(PRODUCTION, "Microsoft.KeyVault").is(200);
    let start = client.now;
    let mut seen = Vec::new();
    for seconds in 0..160 {
        client.now = start + Duration::from_secs(seconds);
        let state = client.state(PRODUCTION, "Microsoft.KeyVault");
        if seen.last().is_none_or(|(_, last)| *last != state) {
            seen.push((seconds, state));
        }
    }
    let seen: Vec<(u64, &str)> = (seen.iter())
        .map(|(at, state)| (*at, state.as_str()))
        .collect();
    assert_eq!(
        seen,
        [
            (0, "Registering"),
            (40, "Registered"),
            (50, "Registering"),
            (70, "Registered"),
            (80, "Registering"),
            (100, "Registered"),
        ]
    );
}

#[test]
fn one_namespace_can_hang() {
    let mut client = Client::new();
    let hanging = &mut client.sim.azure_modes().hanging;
    hanging.insert("microsoft.keyvault".to_owned());
    for namespace in ["Microsoft.KeyVault", "Microsoft.Compute"] {
        client.register(PRODUCTION, namespace).is(200);
    }
    client.now += Duration::from_mins(50);
    assert_eq!(
        client.state(PRODUCTION, "Microsoft.KeyVault"),
        "Registering"
    );
    assert_eq!(client.state(PRODUCTION, "Microsoft.Compute"), "Registered");
}
