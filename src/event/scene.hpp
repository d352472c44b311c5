#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "event/lexicon.hpp"
#include "geoparse/geoparser.hpp"
#include "model/document.hpp"
#include "text/dates.hpp"
#include "text/tokens.hpp"

namespace kharita::event {

/// A stretch of a sentence that tells one thing.
struct Clause {
    /// What it begins with.
    enum class Opening : std::uint8_t { sentence, cue, relative, consequence, colon };
    text::TokenRange tokens;
    std::size_t sentence = 0;
    Opening opening = Opening::sentence;
};

/// A report with all that was recognised in it, before anything is coded. Views its parts; short-lived.
class Scene {
public:
    /// All arguments must outlive the scene.
    Scene(Lexicon const& lexicon, text::TokenizedText const& text, Report const& report,
          std::span<geoparse::Toponym const> places, text::DateVocabulary const& date_words);

    Lexicon const& lexicon() const noexcept { return m_lexicon; }
    text::TokenizedText const& text() const noexcept { return m_text; }
    Report const& report() const noexcept { return m_report; }
    text::NumberWords const& numbers() const noexcept { return m_numbers; }
    std::span<geoparse::Toponym const> places() const noexcept { return m_places; }
    std::vector<Word> const& words() const noexcept { return m_words; }
    std::vector<text::DateMention> const& dates() const noexcept { return m_dates; }
    std::vector<Clause> const& clauses() const noexcept { return m_clauses; }

    /// Words that begin in [range), in text order.
    std::span<Word const> words_in(text::TokenRange range) const;
    /// The word of that kind that begins at a token, if any.
    Word const* word_at(std::size_t token, WordKind kind) const;
    /// Whether a cue begins in a range.
    bool has_cue(text::TokenRange range, Cue cue) const;
    /// Whether a word of a list of words.tsv begins in a range.
    bool has_listed(text::TokenRange range, std::string_view list) const;
    /// Places whose names begin in a range, as indexes of places().
    std::vector<std::size_t> places_in(text::TokenRange range) const;
    /// Index of the clause that holds a token.
    std::size_t clause_of(std::size_t token) const;
    /// Whether a sentence stands outside the report: related headlines and the like below or between its
    /// paragraphs, told by lines without a full stop in a text whose paragraphs end with one.
    bool is_aside(std::size_t sentence) const { return m_aside[sentence]; }
    /// Whether a paragraph is an item of a list: it begins with a dash or the like.
    bool is_item(std::size_t paragraph) const;
    /// The words behind a range, as written.
    std::string_view words_of(text::TokenRange range) const;

private:
    void drop_words_in_actors();
    void drop_words_in_places();
    void index_words();
    void cut_clauses();
    bool is_other_side(Word const& cue, text::TokenRange clause) const;
    bool is_before_verb(Word const& cue) const;
    bool is_behind_verb(Word const& cue, std::size_t clause) const;
    bool moves_elsewhere(std::size_t token) const;
    bool tells_of_noun(Word const& being, std::size_t clause) const;
    void cut_sentence(std::size_t sentence);
    void mark_asides();
    bool may_be_last_line(std::size_t paragraph) const;

    Lexicon const& m_lexicon;
    text::TokenizedText const& m_text;
    Report const& m_report;
    text::NumberWords const& m_numbers;
    std::span<geoparse::Toponym const> m_places;
    std::vector<Word> m_words;
    std::vector<std::size_t> m_first_word; ///< by token: the first word that begins there or later
    std::vector<bool> m_has_list;          ///< by list of words.tsv: whether the text has a word of it
    std::vector<text::DateMention> m_dates;
    std::vector<Clause> m_clauses;
    std::vector<bool> m_aside; ///< by sentence
};

/// Whether a word is that cue.
inline bool is_cue(Word const& word, Cue cue) {
    return word.kind == WordKind::cue && word.row == static_cast<std::size_t>(cue);
}

} // namespace kharita::event
