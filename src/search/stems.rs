//! Stems: which forms count as one word. Only the build knows them; the reader looks forms up as typed.

use std::collections::{BTreeMap, HashSet};
use std::sync::LazyLock;

use snowball_stemmers_rs::{Algorithm, Stemmer};

use crate::base::text::primary_language;

use super::words::fold;

/// Words that carry nothing when others are there, per language, folded.
const STOP_WORDS: [(&str, &str); 3] = [
    (
        "en",
        "a about all also an and any are as at be been but by can could did do does for from get had has have \
         he her his how i if in into is it its just knows may me my no not of on or our out shall she should so \
         some than that the their them then there these they this those to up us was we were what when where \
         which who whom whose why will with would you your",
    ),
    (
        "nl",
        "aan al alles als bij dan dat de deze die dit doen doet door dus een en er geen haar had hebben heb heeft het \
         hij hoe hun ik in is je kan kunnen maar me mee men met mij mijn moet na naar niet nog nu of om onder \
         ons onze ook op over te tegen toch toen tot u uit uw van veel voor waar waarom wanneer was wat we weet \
         wel welke werd wie wij word worden wordt zal ze zich zij zijn zo zou",
    ),
    (
        "de",
        "aber als am an auch auf aus bei bin bis das dass dem den der des die doch du durch ein eine einem \
         einen einer es fur hat ich ihr im in ist ja kann man mein mit nach nicht noch nur oder ob sein sich \
         sie sind so um und uns von vor war was wenn wer wie wir wird wo zu zum zur",
    ),
];

/// Returns the words of all listed languages that are left out of a query when it has others.
pub(super) fn stop_words() -> impl Iterator<Item = &'static str> {
    STOP_WORDS.iter().flat_map(|(_, words)| words.split_whitespace())
}

/// Returns whether a folded word is left out of a query in some language.
pub(super) fn says_nothing(folded: &str) -> bool {
    static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| stop_words().collect());
    folded.len() <= LONGEST_STOP_WORD && WORDS.contains(folded)
}

/// The letters of the longest of those words.
const LONGEST_STOP_WORD: usize = 7;

/// The stemmers of the languages seen so far.
#[derive(Default)]
pub(super) struct Stemmers {
    by_language: BTreeMap<String, Option<Stemmer>>,
}

impl Stemmers {
    /// Returns the folded stem of a word as it is spelt; the word itself in languages without a stemmer.
    pub(super) fn stem(&mut self, language: &str, spelling: &str) -> String {
        if spelling.chars().any(|c| c.is_ascii_digit()) {
            return fold(spelling);
        }
        if !self.by_language.contains_key(language) {
            let stemmer = algorithm(language).map(Stemmer::create);
            self.by_language.insert(language.to_owned(), stemmer);
        }
        match &self.by_language[language] {
            Some(stemmer) => fold(&stemmer.stem(without_trema_plural(language, spelling))),
            None => fold(spelling),
        }
    }
}

/// Returns a Dutch plural like `categorieën` without its ending, which the algorithm leaves on.
fn without_trema_plural<'w>(language: &str, spelling: &'w str) -> &'w str {
    let stem = || spelling.strip_suffix("ën").or_else(|| spelling.strip_suffix("en"));
    let is_plural =
        language == "nl" && ["ën", "ieen", "eeen"].iter().any(|end| spelling.ends_with(end));
    if is_plural { stem().unwrap_or(spelling) } else { spelling }
}

/// Returns the primary part of a language tag: `nl` of `nl-BE`.
pub(super) fn primary(tag: &str) -> String {
    primary_language(tag).to_ascii_lowercase()
}

/// Returns the algorithm of a language.
fn algorithm(language: &str) -> Option<Algorithm> {
    Some(match language {
        "ca" => Algorithm::Catalan,
        "da" => Algorithm::Danish,
        "de" => Algorithm::German,
        "en" => Algorithm::English,
        "es" => Algorithm::Spanish,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "hu" => Algorithm::Hungarian,
        "it" => Algorithm::Italian,
        "nl" => Algorithm::Dutch,
        "nb" | "nn" | "no" => Algorithm::Norwegian,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "sv" => Algorithm::Swedish,
        "tr" => Algorithm::Turkish,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Fingerprint;

    #[test]
    fn forms_of_a_word_share_a_stem() {
        let check = |language, one, other| {
            let mut stemmers = Stemmers::default();
            assert_eq!(stemmers.stem(language, one), stemmers.stem(language, other));
        };
        check("en", "policy", "policies");
        check("nl", "dijk", "dijken");
        check("nl", "categorie", "categorieën");
        check("de", "haus", "häuser");
    }

    #[test]
    fn unknown_language_and_numbers_stay_as_they_are() {
        let mut stemmers = Stemmers::default();
        assert_eq!(stemmers.stem("xx", "policies"), "policies");
        assert_eq!(stemmers.stem("en", "v200s"), "v200s");
    }

    #[test]
    fn stop_words_are_folded() {
        assert!(stop_words().all(|word| fold(word) == word));
        assert!(stop_words().all(says_nothing));
    }

    /// Returns a digest of the stems of all beginnings with all endings.
    fn digest(language: &str, beginnings: &str, endings: &str) -> (usize, String) {
        let mut stemmers = Stemmers::default();
        let mut text = String::new();
        for beginning in beginnings.split_whitespace() {
            for ending in endings.split(' ') {
                let word = format!("{beginning}{ending}");
                text.push_str(&format!("{word}={}\n", stemmers.stem(language, &word)));
            }
        }
        (text.lines().count(), Fingerprint::of(text.as_bytes()).short())
    }

    /// Stems are written into every index: another release of the stemmer that stems otherwise must be seen.
    #[test]
    fn stems_are_those_that_they_were() {
        let english = "accept adopt agree argu author bak beauti begin believ bring build busi car carri class clean comput \
                       connect consult creat decid deliver depend design develop di digit duti easi educat engin enjoy equip \
                       excit explain fac fit form free general gener good grad happi hop inform inspect invest know lab lay \
                       mak manag mechan meet move nation need nois oper organ paint pay permit plan polic pump quick relat run";
        let english_endings = " s es ed ing ings e er ers or ly ness ful fully less ment ments able ible ation ations ator ational \
                       ization ize izing ised ive iveness ity al ally ous ously ence ent y ies ied est ism ist 's ship eed eedly";
        let dutch = "aanvra afsprak begrot beheer beslis bestel bestur bouw brief brug categori dam denk dienst dijk doe druk \
                     eis feit gaa gemaal gemeent gezond gro groot hand houd huis ide ijs inspect kas klacht koop lees lief lop \
                     maak man meet moeilijk natuur nieuw onderhoud opslag plaats pomp regel reis rij schad schrijv sluis sneeuw \
                     spel steun stor taal team tijd vak veilig verblijf vergunn vis vloei vra wat werk wet zee zorg";
        let dutch_endings = " en n s e t d de den te ten end ende heid heden ing ingen lijk lijke lijker baar bare ig ige iger er ers \
                     st ste je jes tje tjes etje ën ïng iteit iteiten atie aties isch ische schap loos eren eert sel ster";
        let german = "amt antrag arbeit arzt bau beamt bericht brück büch deich dien ding ein erklär fahr frau freund führ gang \
                      gebühr gelt genehmig geschäft groß gut haus häus heiz hilf jahr kauf kind klein kund land lehr leit mess \
                      mitglied müll netz ordn plan pump rat rechn reis sach schiff schön schreib schul sitz stadt straß stör stund \
                      tag teil urlaub verkehr versicher wahl wart wasser weg werk woch zahl zeit zimmer";
        let german_endings = " e en em er ern es s n st t te ten test tet est end ende enden ung ungen heit heiten keit keiten lich liche \
                      licher lichkeit ig ige iger igkeit isch ische isches chen lein bar bare sam haft los lose nis nisse in innen";
        assert_eq!(digest("en", english, english_endings), (3220, "cdcc984a".to_owned()));
        assert_eq!(digest("nl", dutch, dutch_endings), (3456, "37792806".to_owned()));
        assert_eq!(digest("de", german, german_endings), (3408, "e458b297".to_owned()));
    }
}
