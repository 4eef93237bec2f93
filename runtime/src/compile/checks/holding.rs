//! For whom permissions hold, over all callers that there can be (the classes of a policy). Answers only; what is wrong is
//! said elsewhere.

use portcullis_policy::platform::Platform;

use crate::{
    compile::tables::{Known, Rule, View},
    model::{Grant, GrantKind, Policy},
};

/// Whether all of these permissions hold for somebody, on some platform.
pub(super) const fn somebody_holds(view: &View, policy: &Policy, guards: &[u32]) -> bool {
    let mut c = 0;
    while c < policy.classes.len() {
        let mut platform = 0;
        while platform < Platform::EVERY.len() {
            let (mut all, mut k) = (true, 0);
            while k < guards.len() {
                if let Some(known) = view.known(guards[k] as usize) {
                    all = all && holds(policy, view.rules(known), policy.classes[c], 1 << platform);
                }
                k += 1;
            }
            if all {
                return true;
            }
            platform += 1;
        }
        c += 1;
    }
    false
}

const fn holds(policy: &Policy, rules: &[Rule], class: &[u16], platform: u8) -> bool {
    let (mut granted, mut r) = (false, 0);
    while r < rules.len() {
        let active = policy.capabilities[rules[r].capability as usize].platforms & platform != 0;
        if active && contains(class, rules[r].capability) {
            match rules[r].kind {
                GrantKind::Grants | GrantKind::Optional => granted = true,
                GrantKind::Denies => return false,
                GrantKind::Narrows => {}
            }
        }
        r += 1;
    }
    granted
}

/// Whether somebody that the capability of a denial, or of a narrowing, matches is granted what these rules are about.
pub(in crate::compile) const fn somebody_is_granted(policy: &Policy, rules: &[Rule], grant: &Grant) -> bool {
    let mine = policy.capabilities[grant.capability as usize].platforms;
    let mut r = 0;
    while r < rules.len() {
        let other = rules[r].capability;
        if rules[r].kind.grants()
            && policy.capabilities[other as usize].platforms & mine != 0
            && meet(policy, grant.capability, other)
        {
            return true;
        }
        r += 1;
    }
    false
}

/// Whether nobody that the capability of a denial matches is granted what it denies.
pub(super) const fn denies_nothing(view: &View, policy: &Policy, index: usize) -> bool {
    let grant = &policy.grants[index];
    let mut p = 0;
    while let Some(known) = view.known(p) {
        let rules = view.rules(known);
        if is_of(rules, index) && somebody_is_granted(policy, rules, grant) {
            return false;
        }
        p += 1;
    }
    true
}

/// Whether some grant of a permission that nobody is granted has `deny` entries alone, and is refused for it.
pub(super) const fn narrowed_only(policy: &Policy, view: &View, known: &Known) -> bool {
    let rules = view.rules(known);
    let mut r = 0;
    while r < rules.len() {
        let by_itself = policy.grants[rules[r].grant as usize].hash == known.id().hash();
        if matches!(rules[r].kind, GrantKind::Narrows) && by_itself {
            return true;
        }
        r += 1;
    }
    false
}

/// Whether some rule about a permission grants, and whether some rule denies.
pub(super) const fn kinds(view: &View, known: &Known) -> (bool, bool) {
    let (mut granted, mut denied, mut r) = (false, false, 0);
    while let Some(rule) = view.rule(known, r) {
        match rule.kind {
            GrantKind::Grants | GrantKind::Optional => granted = true,
            GrantKind::Denies => denied = true,
            GrantKind::Narrows => {}
        }
        r += 1;
    }
    (granted, denied)
}

/// Whether one of these rules comes from a grant.
pub(in crate::compile) const fn is_of(rules: &[Rule], grant: usize) -> bool {
    let mut r = 0;
    while r < rules.len() {
        if rules[r].grant as usize == grant {
            return true;
        }
        r += 1;
    }
    false
}

/// Whether somebody matches both capabilities.
const fn meet(policy: &Policy, a: u16, b: u16) -> bool {
    let mut c = 0;
    while c < policy.classes.len() {
        if contains(policy.classes[c], a) && contains(policy.classes[c], b) {
            return true;
        }
        c += 1;
    }
    false
}

const fn contains(sorted: &[u16], wanted: u16) -> bool {
    let (mut low, mut high) = (0, sorted.len());
    while low < high {
        let middle = low + (high - low) / 2;
        if sorted[middle] == wanted {
            return true;
        }
        if sorted[middle] < wanted {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    false
}
