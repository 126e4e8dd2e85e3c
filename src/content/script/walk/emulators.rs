//! Emulators of stores on a machine of one's own, which keep nothing.

use crate::content::script::model::{Guard, GuardKind, Strength};
use crate::content::script::state::State;
use crate::content::script::words::{is_development, is_emulator};

/// Whether clients were told to go to an emulator on this machine: `os.environ['FIRESTORE_EMULATOR_HOST'] = 'localhost:8080'`.
pub(super) fn is_set_to_emulator(state: &State) -> bool {
    state.names.iter().any(|(name, value)| {
        let name = name.rsplit(|it: char| !it.is_alphanumeric() && it != '_').next();
        name.is_some_and(is_emulator) && value.literal().is_some_and(|it| is_development(&it))
    })
}

/// What holds where clients go to an emulator.
pub(super) fn to_emulator(line: u32) -> Guard {
    let (kind, strength) = (GuardKind::TargetChecked, Strength::Strong);
    Guard { kind, strength, line, defect: None }
}
