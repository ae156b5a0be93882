//! From Markdown to leaves.

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

use super::super::container::{self, Title};
use super::super::dialect::Insert;
use super::super::events::{self, Dialect, parse};
use super::super::outline::{fence_info, level_number};
use super::super::piece::Piece;
use super::leaf::{Container, Leaf, Place, Shape};
use super::line::Line;

/// Returns the leaves of a body, in order.
pub(super) fn read(body: &str, dialect: Dialect) -> Vec<Leaf> {
    let mut reader = Reader::default();
    let reading = events::read(body, dialect);
    for (piece, _) in parse(&reading, dialect) {
        reader.take(piece);
    }
    reader.flush(Shape::Paragraph);
    for (name, meaning) in &reading.abbreviations {
        reader.abbreviation(name, meaning);
    }
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
    /// Whether the list at hand has no item yet.
    is_list_new: bool,
    /// To which sides the columns of the table at hand are set.
    alignments: Vec<Alignment>,
    /// The id that the heading at hand was given.
    id: Option<String>,
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
            Piece::Insert(Insert::Anchor(id)) => self.line.aside(&format!("#{id}")),
            Piece::Insert(Insert::Size(width, height)) => {
                let length = |pixels: Option<u32>| pixels.map(|it| it.to_string());
                self.line.size(length(width), length(height));
            }
            Piece::OpenMark | Piece::CloseMark => {}
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
                self.is_list_new = true;
            }
            Tag::Item => {
                let number = self.numbers.last_mut().and_then(Option::as_mut).map(|next| {
                    *next += 1;
                    *next - 1
                });
                let is_first = std::mem::take(&mut self.is_list_new);
                self.open(Container::Item);
                self.path.last_mut().expect("an item was just opened").number = number;
                if let Some(number) = number.filter(|number| is_first && *number != 1) {
                    self.line.aside(&format!("{number}."));
                }
            }
            Tag::Table(alignments) => {
                self.open(Container::Table);
                self.alignments = alignments;
            }
            Tag::CodeBlock(kind) => {
                self.open(Container::Code);
                let mut info = Line::default();
                if let Some(said) = Some(fence_info(&kind).trim()).filter(|info| !info.is_empty()) {
                    info.aside(&format!("```{said}"));
                }
                self.push(Shape::Info, vec![info]);
                self.verbatim = Some(String::new());
            }
            Tag::HtmlBlock => {
                self.open(Container::Html);
                self.verbatim = Some(String::new());
            }
            Tag::FootnoteDefinition(label) => self.open(Container::Footnote(label.to_string())),
            Tag::DefinitionList => self.open(Container::Terms),
            Tag::DefinitionListDefinition => self.open(Container::Meaning),
            Tag::Heading { id, .. } => {
                self.flush(Shape::Paragraph);
                self.id = id.map(|id| format!("#{id}"));
            }
            Tag::Paragraph | Tag::DefinitionListTitle => self.flush(Shape::Paragraph),
            inline => self.line.start(&inline),
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.flush(Shape::Paragraph),
            TagEnd::Heading(level) => {
                self.id.take().into_iter().for_each(|id| self.line.aside(&id));
                self.flush(Shape::Heading(level_number(level)));
            }
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
        let mut cells = std::mem::take(&mut self.cells);
        if is_head {
            let sides = std::mem::take(&mut self.alignments);
            cells.iter_mut().zip(sides).for_each(|(cell, side)| cell.aligned(side));
        }
        self.push(Shape::Row { is_head }, cells);
    }

    /// Takes what an abbreviation means, which readers see where it is used.
    fn abbreviation(&mut self, name: &str, meaning: &str) {
        self.open(Container::Terms);
        self.line.take(&Event::Text(name.into()));
        self.flush(Shape::Term);
        self.open(Container::Meaning);
        self.line.take(&Event::Text(meaning.into()));
        self.close();
        self.close();
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
