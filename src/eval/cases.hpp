#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "extract/extractor.hpp"
#include "model/document.hpp"

namespace kharita::eval {

/// What a casebook labels; told by the header of its last column.
enum class CaseKind {
    events,    ///< sub-event type|place|modality|date|killed|injured
    arguments, ///< place|initiator|target|weapon|count|killed|injured
    zones,     ///< kind|status|along|side|depth km|length km|declared by
};

/// A sentence and what must be read from it: its items in text order, parted by "; ", each of the cells of
/// its kind parted by "|"; "-" where the text says nothing, "-" alone where nothing is to be read.
struct Case {
    std::string where; ///< file:line
    std::string name;
    std::string published; ///< YYYY-MM-DD, or empty
    std::string sentence;
    std::string expected;
};

/// A casebook: TSV with columns case, published, sentence and one named after its kind.
struct Casebook {
    std::string file; ///< its name without folders
    CaseKind kind = CaseKind::events;
    std::vector<Case> cases;
};

/// Reads a casebook. Throws InputError with file and line for another header, a day that is none, or an item
/// with another number of cells than its kind has.
Casebook read_casebook(std::filesystem::path const& file);

/// What a document says, in the form of a kind of casebook. Tolls stand as their number, in arguments with
/// classes of victims («9/child 2»); "group N" is a toll that several places share.
std::string said_of(Document const& document, CaseKind kind);

/// What was read from the sentence of one case.
struct JudgedCase {
    Case labelled;
    std::string said;
    bool is_right() const { return said == labelled.expected; }
};

std::vector<JudgedCase> judge_cases(Casebook const& book, extract::Extractor const& extractor);

/// One column of a kind: in how many of the items that pair it is as labelled.
struct CellScore {
    std::string_view name;
    std::size_t right = 0;
    std::size_t of = 0;
};

/// Items pair within their case, those first that agree in most cells.
struct CaseScores {
    std::size_t cases = 0;
    std::size_t right =
        0; ///< cases in which every cell of every item is as labelled, and nothing else is said
    std::size_t labelled_items = 0;
    std::size_t said_items = 0;
    std::size_t paired_items = 0;
    std::vector<CellScore> cells;
};

CaseScores score_cases(std::span<JudgedCase const> judged, CaseKind kind);

/// For people: a table of one casebook.
std::string cases_text(Casebook const& book, std::span<JudgedCase const> judged);
/// For people: the cases read wrongly, what was expected and what was said.
std::string case_mistakes_text(std::span<JudgedCase const> judged);
/// One JSON object: figures by column, and the cases read wrongly.
std::string cases_json(Casebook const& book, std::span<JudgedCase const> judged);

} // namespace kharita::eval
