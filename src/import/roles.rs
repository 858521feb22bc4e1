//! Who asks and who answers, worked out where neither the document nor the reader says so.

use super::labels::Person;
use crate::model::Role;

/// What is said by one person without a break.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stretch<'a> {
    /// Index of the person.
    pub person: usize,
    /// The first words: the opening paragraph.
    pub opening: &'a str,
    /// The last paragraph, which may be the same.
    pub closing: &'a str,
    /// Bytes in all.
    pub length: usize,
}

/// What stands around the talk and tells of the people in it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Surroundings<'a> {
    /// The title and the subtitle.
    pub title: &'a str,
    /// The first paragraph of the back matter: often a note about who wrote the piece.
    pub note: &'a str,
}

/// Hosts say this; in any language that the words are known of.
const WELCOMES: &[&str] = &[
    "welcome to",
    "welcome back",
    "thanks for joining",
    "thank you for joining",
    "joined by",
    "joining me",
    "joining us",
    "my guest",
    "our guest",
    "thanks for coming",
    "thank you for coming",
    "thank you for your time",
    "thanks for your time",
    "thanks for being",
    "thank you for being",
    "i’m your host",
    "i'm your host",
    "happy to have you",
    "glad to have you",
    "willkommen",
    "bienvenue",
    "bienvenido",
    "bienvenida",
    "bem-vind",
    "benvenut",
    "добро пожаловать",
    "witam",
    "欢迎",
    "歡迎",
    "ようこそ",
    "환영",
];

/// Guests say this.
const THANKS: &[&str] = &[
    "for having me",
    "for having us",
    "for inviting me",
    "glad to be here",
    "happy to be here",
    "good to be here",
    "pleasure to be here",
    "great to be here",
    "excited to be here",
    "thanks for the invitation",
    "danke für die einladung",
    "merci de m’avoir",
    "merci de m'avoir",
    "gracias por invitarme",
    "obrigado pelo convite",
];

/// The least lead that makes somebody the interviewer.
const LEAD: f64 = 0.4;

/// Gives a role to everybody who has none.
pub(super) fn work_out(people: &mut [Person], stretches: &[Stretch<'_>], around: Surroundings<'_>) {
    let given = people.iter().filter(|person| person.role == Some(Role::Interviewer)).count();
    let portraits = portraits(people, stretches, around);
    if given == 0 {
        appoint(people, &portraits);
    }
    let total: usize = portraits.iter().map(|portrait| portrait.length).sum();
    let somebody_asks = people.iter().any(|person| person.role == Some(Role::Interviewer));
    for (person, portrait) in people.iter_mut().zip(&portraits) {
        let speaks = portrait.length * 50 >= total || portrait.turns >= 4;
        person.role.get_or_insert(if somebody_asks && speaks { Role::Guest } else { Role::Other });
    }
}

#[derive(Clone, Debug, Default)]
struct Portrait {
    turns: usize,
    questions: usize,
    length: usize,
    score: f64,
}

impl Portrait {
    fn share(&self) -> f64 {
        if self.turns == 0 { 0.0 } else { self.questions as f64 / self.turns as f64 }
    }
}

fn portraits(people: &[Person], stretches: &[Stretch<'_>], around: Surroundings<'_>) -> Vec<Portrait> {
    let mut portraits = vec![Portrait::default(); people.len()];
    for (number, stretch) in stretches.iter().enumerate() {
        let Some(portrait) = portraits.get_mut(stretch.person) else { continue };
        portrait.turns += 1;
        portrait.length += stretch.length;
        portrait.questions += usize::from(asks(stretch.closing));
        if portrait.turns <= 3 || number + 4 > stretches.len() {
            let said = format!("{} {}", beginning(stretch.opening), beginning(stretch.closing)).to_lowercase();
            portrait.score += WELCOMES.iter().filter(|words| said.contains(*words)).count().min(2) as f64;
            portrait.score -= 2.0 * THANKS.iter().filter(|words| said.contains(*words)).count().min(1) as f64;
        }
    }
    let average = |portrait: &Portrait| portrait.length as f64 / portrait.turns.max(1) as f64;
    let longest = portraits.iter().map(average).fold(1.0, f64::max);
    if let Some(first) = stretches.first().and_then(|stretch| portraits.get_mut(stretch.person)) {
        first.score += 0.5;
    }
    for (person, portrait) in people.iter().zip(&mut portraits) {
        portrait.score += 4.0 * portrait.share() + 0.5 - 0.5 * average(portrait) / longest;
        portrait.score -= if names(around.title, &person.name) { 1.5 } else { 0.0 };
        portrait.score += if around.note.starts_with(&person.name) { 2.0 } else { 0.0 };
    }
    portraits
}

/// The interviewer is who leads clearly; in a larger company also whoever asks about as much.
fn appoint(people: &mut [Person], portraits: &[Portrait]) {
    let free = |index: &usize| people.get(*index).is_some_and(|person| person.role.is_none());
    let mut ranked: Vec<usize> = (0..people.len()).filter(free).collect();
    let score = |index: usize| portraits.get(index).map_or(0.0, |portrait| portrait.score);
    ranked.sort_by(|a, b| score(*b).total_cmp(&score(*a)));
    let Some(&first) = ranked.first() else { return };
    // Somebody has to be asked: the best of those who are left out is the measure.
    let talks = |index: &&usize| portraits.get(**index).is_some_and(|portrait| portrait.turns > 0);
    let last = ranked.iter().rev().find(talks).map_or(0.0, |&index| score(index));
    let asks_alone = people.len() == 2 && ranked.len() == 1;
    if people.len() < 2 || (!asks_alone && score(first) - last < LEAD) {
        return;
    }
    for &index in &ranked {
        let close = score(first) - score(index) < (score(first) - last) * 0.4
            && portraits.get(index).is_some_and(|portrait| portrait.questions >= 3);
        if (index == first || (people.len() > 2 && close))
            && let Some(person) = people.get_mut(index)
        {
            person.role = Some(Role::Interviewer);
        }
    }
}

/// Whether a paragraph ends with a question.
pub(super) fn asks(text: &str) -> bool {
    let end = text.trim_end_matches(['"', '”', '»', '’', '\'', ')', ']', '」', '』', '*', '_', ' ']);
    end.ends_with(['?', '？', '؟', '⁇', '\u{37E}'])
}

fn names(title: &str, name: &str) -> bool {
    let last = name.split_whitespace().next_back().unwrap_or_default();
    last.chars().count() > 2 && title.to_lowercase().contains(&last.to_lowercase())
}

fn beginning(text: &str) -> &str {
    let mut end = text.len().min(400);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roles(people: &[&str], talk: &[(usize, &str)], around: Surroundings<'_>) -> Vec<Role> {
        let mut people: Vec<Person> =
            people.iter().map(|name| Person { name: (*name).to_owned(), role: None }).collect();
        let stretches: Vec<Stretch<'_>> = talk
            .iter()
            .map(|&(person, text)| Stretch { person, opening: text, closing: text, length: text.len() })
            .collect();
        work_out(&mut people, &stretches, around);
        people.into_iter().filter_map(|person| person.role).collect()
    }

    #[test]
    fn who_asks_is_the_interviewer() {
        let talk = [(0, "It was a fish box, and clean."), (1, "Really?"), (0, "So they say."), (1, "And then?")];
        assert_eq!(roles(&["Hale", "Rae"], &talk, Surroundings::default()), [Role::Guest, Role::Interviewer]);
    }

    #[test]
    fn who_welcomes_is_the_interviewer_without_any_question() {
        let talk = [(0, "Welcome to the harbour hour, Jonas."), (1, "Thanks for having me."), (0, "Tell me of fog.")];
        assert_eq!(roles(&["Rae", "Hale"], &talk, Surroundings::default()), [Role::Interviewer, Role::Guest]);
    }

    #[test]
    fn one_voice_alone_has_no_role() {
        assert_eq!(roles(&["Hale"], &[(0, "Who knows?")], Surroundings::default()), [Role::Other]);
    }
}
