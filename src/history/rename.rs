//! Which of the files that a commit added came from which of those that it took away.
//!
//! In this order: names that differ by letter case only; equal texts (of several, one with the same file name);
//! texts of which at least half is the same, files of one name first. Every file is used once.

use std::collections::BTreeMap;
use std::collections::hash_map::{DefaultHasher, HashMap};
use std::hash::{Hash, Hasher};
use std::rc::Rc;

use git2::Oid;

use super::fact::ObjectId;
use super::objects::Objects;
use crate::base::SourcePath;

/// Up to so many pairs of texts in one commit all are compared; of more only those that share a line that few have.
const ALL_PAIRS: usize = 1600;
/// A line that more texts have tells nothing of where a text came from.
const RARE: usize = 8;
/// Texts that one text is compared with at most, those that share most with it.
const NEAREST: usize = 8;
/// Texts above this size are not compared.
const LARGEST: usize = 256 << 10;
/// Long lines count in pieces, as git's rename detection counts them.
const LONGEST_PIECE: usize = 64;

/// A file that a commit added or took away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Candidate {
    pub(super) path: SourcePath,
    pub(super) text: ObjectId,
}

/// A file that moved: index of the file that went, and of the file that came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Move {
    pub(super) from: usize,
    pub(super) to: usize,
}

/// Pairs `gone` with `come`, both sorted by path.
pub(super) fn pair(
    gone: &[Candidate],
    come: &[Candidate],
    objects: &mut Objects<'_>,
) -> Result<Vec<Move>, git2::Error> {
    let mut pairing = Pairing {
        gone,
        come,
        from: vec![false; gone.len()],
        to: vec![false; come.len()],
        moves: Vec::new(),
    };
    let is_empty = |file: &Candidate| file.text == EMPTY;
    let name = |file: &Candidate| file.path.file_name().to_owned();
    pairing.match_by(|file| Some(file.path.key()));
    pairing.match_by(|file| Some((file.text, name(file))));
    pairing.match_by(|file| (!is_empty(file)).then_some(file.text));
    if !pairing.is_done() {
        pairing.match_alike(objects)?;
    }
    pairing.moves.sort_by_key(|pair| pair.to);
    Ok(pairing.moves)
}

/// The id of the empty text, which says nothing about where a file came from.
const EMPTY: ObjectId = [
    0xe6, 0x9d, 0xe2, 0x9b, 0xb2, 0xd1, 0xd6, 0x43, 0x4b, 0x8b, 0x29, 0xae, 0x77, 0x5a, 0xd8, 0xc2,
    0xe4, 0x8c, 0x53, 0x91,
];

struct Pairing<'c> {
    gone: &'c [Candidate],
    come: &'c [Candidate],
    from: Vec<bool>,
    to: Vec<bool>,
    moves: Vec<Move>,
}

impl Pairing<'_> {
    fn free_gone(&self) -> Vec<usize> {
        (0..self.gone.len()).filter(|index| !self.from[*index]).collect()
    }

    fn free_come(&self) -> Vec<usize> {
        (0..self.come.len()).filter(|index| !self.to[*index]).collect()
    }

    fn is_done(&self) -> bool {
        self.moves.len() == self.gone.len().min(self.come.len())
    }

    fn add(&mut self, from: usize, to: usize) {
        if !self.from[from] && !self.to[to] {
            self.from[from] = true;
            self.to[to] = true;
            self.moves.push(Move { from, to });
        }
    }

    /// Pairs files that have one key, in order.
    fn match_by<K: Hash + Eq>(&mut self, key: impl Fn(&Candidate) -> Option<K>) {
        let mut by_key: HashMap<K, Vec<usize>> = HashMap::new();
        for index in self.free_gone().into_iter().rev() {
            if let Some(key) = key(&self.gone[index]) {
                by_key.entry(key).or_default().push(index);
            }
        }
        for to in self.free_come() {
            let key = key(&self.come[to]);
            if let Some(from) = key.and_then(|key| by_key.get_mut(&key)).and_then(Vec::pop) {
                self.add(from, to);
            }
        }
    }

    fn match_alike(&mut self, objects: &mut Objects<'_>) -> Result<(), git2::Error> {
        let mut pieces = Pieces { objects, known: HashMap::new() };
        self.match_alike_names(&mut pieces)?;
        let (gone, come) = (self.free_gone(), self.free_come());
        let pairs = if gone.len() * come.len() <= ALL_PAIRS {
            come.iter().flat_map(|to| gone.iter().map(|from| (*to, *from))).collect()
        } else {
            self.sharing_pairs(&gone, &come, &mut pieces)?
        };
        let mut scores = Vec::new();
        for (to, from) in pairs {
            let score = pieces.likeness(&self.gone[from], &self.come[to])?;
            scores.extend(score.map(|score| (std::cmp::Reverse(score), to, from)));
        }
        scores.sort_unstable();
        scores.into_iter().for_each(|(_, to, from)| self.add(from, to));
        Ok(())
    }

    /// Returns the pairs that can be alike in a commit of many files, in time that grows with their texts and not with
    /// their square.
    fn sharing_pairs(
        &self,
        gone: &[usize],
        come: &[usize],
        pieces: &mut Pieces<'_, '_>,
    ) -> Result<Vec<(usize, usize)>, git2::Error> {
        let mut holders: HashMap<Piece, Vec<usize>> = HashMap::new();
        for &from in gone {
            for piece in pieces.each(self.gone[from].text)? {
                holders.entry(piece).or_default().push(from);
            }
        }
        holders.retain(|_, holders| holders.len() <= RARE);
        let mut pairs = Vec::new();
        for &to in come {
            let mut shared: BTreeMap<usize, u64> = BTreeMap::new();
            for piece in pieces.each(self.come[to].text)? {
                for from in holders.get(&piece).into_iter().flatten() {
                    *shared.entry(*from).or_default() += u64::from(piece.1);
                }
            }
            let mut nearest: Vec<_> = shared.into_iter().collect();
            nearest.sort_by_key(|(from, length)| (std::cmp::Reverse(*length), *from));
            pairs.extend(nearest.into_iter().take(NEAREST).map(|(from, _)| (to, from)));
        }
        Ok(pairs)
    }

    /// Pairs alike files that alone have their name: a folder that moved, however large.
    fn match_alike_names(&mut self, pieces: &mut Pieces<'_, '_>) -> Result<(), git2::Error> {
        let (gone, come) = (self.free_gone(), self.free_come());
        let mut names: HashMap<&str, (Vec<usize>, Vec<usize>)> = HashMap::new();
        for &index in &gone {
            names.entry(self.gone[index].path.file_name()).or_default().0.push(index);
        }
        for &index in &come {
            names.entry(self.come[index].path.file_name()).or_default().1.push(index);
        }
        for &index in &come {
            let (from, to) = &names[self.come[index].path.file_name()];
            if let ([from], [to]) = (&from[..], &to[..])
                && pieces.likeness(&self.gone[*from], &self.come[*to])?.is_some()
            {
                self.add(*from, *to);
            }
        }
        Ok(())
    }
}

/// A line or a part of it: a number that stands for its text, and its length.
type Piece = (u64, u32);

/// The pieces of texts, sorted.
struct Pieces<'p, 'r> {
    objects: &'p mut Objects<'r>,
    known: HashMap<ObjectId, Option<Rc<[Piece]>>>,
}

impl Pieces<'_, '_> {
    fn of(&mut self, text: ObjectId) -> Result<Option<Rc<[Piece]>>, git2::Error> {
        if let Some(known) = self.known.get(&text) {
            return Ok(known.clone());
        }
        let bytes = self.objects.text(Oid::from_bytes(&text)?)?;
        let made = bytes.filter(|bytes| bytes.len() <= LARGEST).map(|bytes| pieces(&bytes));
        self.known.insert(text, made.clone());
        Ok(made)
    }

    /// Returns the pieces of a text, each once.
    fn each(&mut self, text: ObjectId) -> Result<Vec<Piece>, git2::Error> {
        let mut pieces = self.of(text)?.map_or_else(Vec::new, |pieces| pieces.to_vec());
        pieces.dedup();
        Ok(pieces)
    }

    /// Returns how many thousandths two files have in common, if it is half or more.
    fn likeness(&mut self, a: &Candidate, b: &Candidate) -> Result<Option<u64>, git2::Error> {
        let (Some(a), Some(b)) = (self.of(a.text)?, self.of(b.text)?) else {
            return Ok(None);
        };
        Ok(Some(likeness(&a, &b)).filter(|score| *score >= 500))
    }
}

fn pieces(text: &[u8]) -> Rc<[Piece]> {
    let lines =
        text.split_inclusive(|byte| *byte == b'\n').flat_map(|line| line.chunks(LONGEST_PIECE));
    let mut pieces: Vec<_> = lines
        .map(|piece| {
            let mut hasher = DefaultHasher::new();
            piece.hash(&mut hasher);
            (hasher.finish(), piece.len() as u32)
        })
        .collect();
    pieces.sort_unstable();
    pieces.into()
}

fn likeness(a: &[Piece], b: &[Piece]) -> u64 {
    let size = |pieces: &[Piece]| pieces.iter().map(|piece| u64::from(piece.1)).sum::<u64>();
    let largest = size(a).max(size(b));
    if size(a).min(size(b)) * 2 < largest || largest == 0 {
        return 0;
    }
    let (mut a, mut b, mut common) = (a.iter().peekable(), b.iter().peekable(), 0);
    while let (Some(left), Some(right)) = (a.peek(), b.peek()) {
        match left.cmp(right) {
            std::cmp::Ordering::Less => a.next(),
            std::cmp::Ordering::Greater => b.next(),
            std::cmp::Ordering::Equal => {
                common += u64::from(left.1);
                a.next();
                b.next()
            }
        };
    }
    common * 1000 / largest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likeness_is_the_part_of_the_larger_text() {
        let check = |a: &str, b: &str| likeness(&pieces(a.as_bytes()), &pieces(b.as_bytes()));
        assert_eq!(check("1\n2\n3\n4\n", "1\n2\n3\n4\n"), 1000);
        assert_eq!(check("1\n2\n3\n4\n", "4\n3\n8\n9\n"), 500);
        assert_eq!(check("1\n", "1\n2\n3\n"), 0);
        assert_eq!(check("", ""), 0);
    }

    #[test]
    fn one_changed_word_in_a_long_line_leaves_its_other_pieces_alike() {
        let line = "word ".repeat(80);
        let changed = format!("{line}and more\n");
        assert!(likeness(&pieces(line.as_bytes()), &pieces(changed.as_bytes())) > 900);
    }
}
