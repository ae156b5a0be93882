//! What a commit says of itself, and what the repository says instead.

use git2::{Oid, Repository, Signature};

use super::commit::{CommitId, Identity};
use super::encoding;
use super::fact::Fact;
use super::message;
use super::repository::Exceptions;
use crate::base::date::Moment;

/// Reads a commit, as yet without its changes.
pub(super) fn read(
    repository: &Repository,
    id: CommitId,
    exceptions: &Exceptions,
) -> Result<Fact, git2::Error> {
    let named = id.oid();
    let commit = repository.find_commit(exceptions.content_of(named))?;
    let is_boundary = exceptions.boundary.contains(&named);
    let message = message::parse(&encoding::decode(commit.message_bytes()));
    let parents: Vec<CommitId> = match exceptions.grafts.get(&named) {
        _ if is_boundary => Vec::new(),
        Some(grafted) => grafted.iter().copied().map(commit_id).collect(),
        None => commit.parent_ids().map(commit_id).collect(),
    };
    Ok(Fact {
        id,
        is_altered: exceptions.alter(id, &parents),
        parents,
        tree: commit.tree_id().as_bytes().try_into().expect("SHA-1 ids have twenty bytes"),
        author: identity(&commit.author()),
        authored: moment(commit.author().when()),
        committed: moment(commit.committer().when()),
        subject: message.subject,
        body: message.body,
        co_authors: message.co_authors,
        reviewers: message.reviewers,
        changes: Vec::new(),
        taken: Vec::new(),
        missing: 0,
        is_boundary,
    })
}

fn identity(signature: &Signature<'_>) -> Identity {
    let text = |bytes| encoding::decode(bytes).trim().to_owned();
    Identity { name: text(signature.name_bytes()), email: text(signature.email_bytes()) }
}

/// Returns a moment between the years 1 and 9999, no more than a day from UTC.
fn moment(time: git2::Time) -> Moment {
    Moment {
        seconds: time.seconds().clamp(-62_135_510_400, 253_402_214_400),
        offset: time.offset_minutes().clamp(-1439, 1439),
    }
}

pub(super) fn commit_id(id: Oid) -> CommitId {
    CommitId(id.as_bytes().try_into().expect("SHA-1 ids have twenty bytes"))
}

impl CommitId {
    pub(super) fn oid(self) -> Oid {
        Oid::from_bytes(&self.0).expect("twenty bytes are an id")
    }
}
