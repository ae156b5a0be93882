//! From Markdown to leaves.

use pulldown_cmark::{Event, Tag, TagEnd};

use super::super::code::Block;
use super::super::container::{self, Title};
use super::super::events::{self, Dialect, parse};
use super::super::outline::{fence_info, level_number};
use super::super::piece::Piece;
use super::leaf::{Container, Leaf, Place, Shape};
use super::line::Line;

/// Returns the leaves of a body, in order.
pub(super) fn read(body: &str, dialect: Dialect) -> Vec<Leaf> {
    let mut reader = Reader::default();
    for (piece, _) in parse(&events::read(body, dialect), dialect) {
        reader.take(piece);
    }
    reader.flush(Shape::Paragraph);
    reader.leaves
}

#[derive(Default)]
struct Reader {
    leaves: Vec<Leaf>,
    path: Vec<Place>,
    /// How many containers were opened so far.
    containers: u32,
    /// The numbers of the next items of the ordered lists at hand.
    numbers: Vec<Option<u64>>,
    /// What was read of the leaf at hand.
    line: Line,
    cells: Vec<Line>,
    /// The text of the code block or HTML block at hand.
    verbatim: Option<String>,
}

impl Reader {
    fn take(&mut self, piece: Piece<'_>) {
        match piece {
            Piece::Markdown(event) => self.markdown(event),
            Piece::Open(named) => self.open(named_block(named)),
            Piece::Close(_) => self.close(),
            Piece::OpenTitle(_) => {
                self.flush(Shape::Paragraph);
                self.line.start(&Tag::Strong);
            }
            Piece::CloseTitle(_) => self.flush(Shape::Paragraph),
            Piece::OpenMark | Piece::CloseMark | Piece::Insert(_) => {}
        }
    }

    fn markdown(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Html(text) if self.verbatim.is_some() => {
                self.verbatim.get_or_insert_default().push_str(&text);
            }
            Event::Rule => {
                self.flush(Shape::Paragraph);
                self.push(Shape::Rule, Vec::new());
            }
            inline => self.line.take(&inline),
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::BlockQuote(_) => self.open(Container::Quote),
            Tag::List(first) => {
                self.open(Container::List { ordered: first.is_some() });
                self.numbers.push(first);
            }
            Tag::Item => {
                let number = self.numbers.last_mut().and_then(Option::as_mut).map(|next| {
                    *next += 1;
                    *next - 1
                });
                self.open(Container::Item);
                self.path.last_mut().expect("an item was just opened").number = number;
            }
            Tag::Table(_) => self.open(Container::Table),
            Tag::CodeBlock(kind) => {
                let language = Block::new(fence_info(&kind), String::new()).language;
                self.open(Container::Code(language));
                self.verbatim = Some(String::new());
            }
            Tag::HtmlBlock => {
                self.open(Container::Html);
                self.verbatim = Some(String::new());
            }
            Tag::FootnoteDefinition(label) => self.open(Container::Footnote(label.to_string())),
            Tag::DefinitionList => self.open(Container::Terms),
            Tag::DefinitionListDefinition => self.open(Container::Meaning),
            Tag::Paragraph | Tag::Heading { .. } | Tag::DefinitionListTitle => {
                self.flush(Shape::Paragraph);
            }
            inline => self.line.start(&inline),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.flush(Shape::Paragraph),
            TagEnd::Heading(level) => self.flush(Shape::Heading(level_number(level))),
            TagEnd::DefinitionListTitle => self.flush(Shape::Term),
            TagEnd::TableCell => self.cells.push(std::mem::take(&mut self.line)),
            TagEnd::TableHead => self.row(true),
            TagEnd::TableRow => self.row(false),
            TagEnd::CodeBlock | TagEnd::HtmlBlock => {
                let text = self.verbatim.take().unwrap_or_default();
                for line in text.lines() {
                    self.push(Shape::Line, vec![Line::verbatim(line)]);
                }
                self.path.pop();
            }
            TagEnd::List(_) => {
                self.numbers.pop();
                self.close();
            }
            TagEnd::BlockQuote(_)
            | TagEnd::Item
            | TagEnd::Table
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListDefinition => self.close(),
            inline => self.line.end(inline),
        }
    }

    fn open(&mut self, container: Container) {
        // The text of a tight item has no paragraph around it.
        self.flush(Shape::Paragraph);
        self.path.push(Place { container, id: self.containers, number: None });
        self.containers += 1;
    }

    fn close(&mut self) {
        self.flush(Shape::Paragraph);
        self.path.pop();
    }

    fn row(&mut self, is_head: bool) {
        let cells = std::mem::take(&mut self.cells);
        self.push(Shape::Row { is_head }, cells);
    }

    fn flush(&mut self, shape: Shape) {
        let line = std::mem::take(&mut self.line);
        if !line.is_empty() {
            self.push(shape, vec![line]);
        }
    }

    fn push(&mut self, shape: Shape, cells: Vec<Line>) {
        let cells = cells.into_iter().map(Line::into_tokens).collect();
        self.leaves.push(Leaf::new(shape, self.path.clone(), cells));
    }
}

fn named_block(named: container::Container) -> Container {
    match named {
        container::Container::Alert(alert) => Container::Alert {
            look: alert.look,
            word: (alert.title == Title::Word).then_some(alert.word),
        },
        container::Container::Tab | container::Container::Plain => Container::Named,
    }
}
