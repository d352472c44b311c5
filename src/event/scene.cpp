#include "event/scene.hpp"

#include <algorithm>
#include <array>

#include "text/paragraphs.hpp"

namespace kharita::event {

namespace {

/// What ends a paragraph of running text; quotes and brackets may follow the full stop.
bool closes_paragraph(std::string_view sign) {
    constexpr std::array<std::string_view, 9> signs{".", "!", "?", "؟", "…", ":", "»", "\"", "”"};
    return std::find(signs.begin(), signs.end(), sign) != signs.end();
}

} // namespace

Scene::Scene(Lexicon const& lexicon, text::TokenizedText const& text, Report const& report,
             std::span<geoparse::Toponym const> places, text::DateVocabulary const& date_words)
    : m_lexicon{lexicon},
      m_text{text},
      m_report{report},
      m_numbers{date_words.numbers()},
      m_places{places},
      m_words{lexicon.find(text)},
      m_dates{text::find_dates(text, report.published, date_words)} {
    drop_words_in_actors();
    drop_words_in_places();
    index_words();
    cut_clauses();
    mark_asides();
}

/// "Islamic State" states nothing, «تحرير الشام» takes nothing: cues and triggers that are only a later part
/// of an actor's name go.
void Scene::drop_words_in_actors() {
    text::TokenRange actor;
    std::erase_if(m_words, [&](Word const& word) { // in text order
        text::TokenRange const tokens = word.match.tokens;
        if (word.kind == WordKind::actor && tokens.end > actor.end) {
            actor = tokens;
        }
        bool const may_mislead = word.kind == WordKind::cue || word.kind == WordKind::trigger;
        return may_mislead && tokens.begin > actor.begin && tokens.end <= actor.end;
    });
}

void Scene::drop_words_in_places() {
    // A place's name may hold a word that means something elsewhere; a capital may still be an actor.
    std::vector<bool> named(m_text.size(), false);
    for (geoparse::Toponym const& place : m_places) {
        for (std::size_t token = place.tokens.begin; token < place.tokens.end; ++token) {
            named[token] = true;
        }
    }
    std::erase_if(m_words, [&](Word const& word) {
        if (word.kind == WordKind::weapon && m_lexicon.is_unarmed(word)) {
            return true; // «قاعدة جوية»
        }
        bool const may_name_both = word.kind == WordKind::actor || word.kind == WordKind::country;
        return !may_name_both && named[word.match.tokens.begin];
    });
}

/// «بين X من جهة، وY من جهة أخرى»: the second side opens no clause.
bool Scene::is_other_side(Word const& cue, text::TokenRange clause) const {
    static std::string const from = text::fold_key("من");
    if (m_text.codes(cue.match.tokens.begin) != from) {
        return false;
    }
    static std::string const between = text::fold_key("بين");
    static std::string const side = text::fold_key("جهة");
    for (std::size_t token = clause.begin; token < clause.end; ++token) {
        std::string_view const codes = m_text.codes(token);
        if (codes == between || codes == side) {
            return true;
        }
    }
    return false;
}

/// «من حي كان سيطر عليه …»: behind a noun of a clause that tells something already, «كان» brings in what is
/// said of that noun.
bool Scene::tells_of_noun(Word const& being, std::size_t clause) const {
    std::size_t const at = being.match.tokens.begin;
    if (being.match.clitics.conjunction || at <= clause + 1) {
        return false;
    }
    auto const before = words_in({clause, at});
    auto const after = words_in({being.match.tokens.end, being.match.tokens.end + 2});
    auto const tells = [](Word const& word) { return word.kind == WordKind::trigger; };
    auto const in_past = [](Word const& word) {
        return word.kind == WordKind::trigger && word.match.part == Part::perfect;
    };
    return m_text.tokens()[at - 1].kind == text::Token::Kind::word &&
           std::any_of(before.begin(), before.end(), tells) &&
           std::any_of(after.begin(), after.end(), in_past);
}

/// «وقصفت في الوقت نفسه طائرات …»: between a verb and its subject, nothing new begins.
bool Scene::is_behind_verb(Word const& cue, std::size_t clause) const {
    std::size_t const begin = cue.match.tokens.begin;
    if (begin <= clause || cue.match.tokens.size() < 2) {
        return false;
    }
    auto const before = words_in({begin - 1, begin});
    auto const after = words_in({cue.match.tokens.end, cue.match.tokens.end + 1});
    bool const has_subject = std::any_of(after.begin(), after.end(), [](Word const& word) {
        return word.kind == WordKind::actor || word.kind == WordKind::force || word.kind == WordKind::weapon;
    });
    return has_subject && std::any_of(before.begin(), before.end(), [](Word const& word) {
               return word.kind == WordKind::trigger && word.match.part == Part::perfect &&
                      word.match.pronoun == Pronoun::none && !word.match.may_be_noun;
           });
}

bool Scene::is_before_verb(Word const& cue) const {
    std::size_t const end = cue.match.tokens.end;
    auto const next = words_in({end, end + 1});
    return std::any_of(next.begin(), next.end(), [](Word const& word) {
        return word.match.part == Part::perfect || word.match.part == Part::imperfect;
    });
}

/// «خرجت مظاهرة في A، وفي B قطع محتجون …»: another place, and a verb of what happened there.
bool Scene::moves_elsewhere(std::size_t token) const {
    static std::string const and_in = text::fold_key("وفي");
    constexpr std::size_t name_reach = 4; // a type word stands before the name
    constexpr std::size_t verb_reach = 3; // «وفي مدينة B أيضا قطع …»
    if (m_text.codes(token) != and_in) {
        return false;
    }
    auto const places = places_in({token, token + name_reach});
    if (places.empty()) {
        return false;
    }
    std::size_t const end = m_places[places.front()].tokens.end;
    auto const behind = words_in({end, end + verb_reach});
    return std::any_of(behind.begin(), behind.end(), [](Word const& word) {
        bool const tells = word.kind == WordKind::trigger || word.kind == WordKind::casualty ||
                           word.kind == WordKind::list_word;
        return tells && word.match.part == Part::perfect;
    });
}

void Scene::cut_sentence(std::size_t sentence) {
    text::TokenRange const range = m_text.sentences()[sentence];
    Clause clause{{range.begin, range.begin}, sentence, Clause::Opening::sentence};
    auto const open = [&](std::size_t token, Clause::Opening opening) {
        if (token > clause.tokens.begin) {
            clause.tokens.end = token;
            m_clauses.push_back(clause);
            clause = {{token, token}, sentence, opening};
        } else {
            clause.opening = opening;
        }
    };
    auto const words = words_in(range);
    auto word = words.begin();
    for (std::size_t token = range.begin; token < range.end; ++token) {
        std::string_view const sign = m_text.codes(token);
        if (m_text.tokens()[token].kind == text::Token::Kind::punctuation) {
            std::string_view const written = m_text.source_text(token);
            bool const moves = sign == "," && moves_elsewhere(token + 1);
            if (written == "؛" || written == ";" || moves) {
                open(token + 1, Clause::Opening::cue);
            } else if (sign == ":") {
                open(token + 1, Clause::Opening::colon);
            }
        }
        for (; word != words.end() && word->match.tokens.begin <= token; ++word) {
            if (word->match.tokens.begin < token) {
                continue;
            }
            bool const is_verb = word->match.part == Part::perfect || word->match.part == Part::imperfect;
            bool const is_speech =
                is_cue(*word, Cue::report) && is_verb && word->match.pronoun == Pronoun::none;
            bool const opens = is_cue(*word, Cue::clause) ||
                               (is_cue(*word, Cue::verb_clause) && !word->match.clitics.article &&
                                is_before_verb(*word)); // «يوم قصفت …», not «هجوم صباح اليوم استهدف …»
            bool const begins = (opens && !is_other_side(*word, {clause.tokens.begin, token}) &&
                                 !is_behind_verb(*word, clause.tokens.begin)) ||
                                (is_speech && token > clause.tokens.begin);
            if (begins) {
                open(token, Clause::Opening::cue);
            } else if (is_cue(*word, Cue::relative) ||
                       (is_cue(*word, Cue::being) && tells_of_noun(*word, clause.tokens.begin))) {
                open(token, Clause::Opening::relative);
            } else if (is_cue(*word, Cue::consequence) && !has_listed({token, token + 1}, "remnant")) {
                open(token, Clause::Opening::consequence);
            }
        }
    }
    clause.tokens.end = range.end;
    if (clause.tokens.size() > 0) {
        m_clauses.push_back(clause);
    }
}

void Scene::cut_clauses() {
    for (std::size_t sentence = 0; sentence < m_text.sentences().size(); ++sentence) {
        cut_sentence(sentence);
    }
}

void Scene::mark_asides() {
    m_aside.assign(m_text.sentences().size(), false);
    auto const paragraphs = m_text.paragraphs();
    std::vector<bool> closed(paragraphs.size(), false);
    std::size_t closed_tokens = 0;
    std::size_t first_closed = paragraphs.size();
    for (std::size_t i = 0; i < paragraphs.size(); ++i) {
        std::size_t last = paragraphs[i].end;
        while (last > paragraphs[i].begin && m_text.tokens()[last - 1].kind == text::Token::Kind::line_end) {
            --last;
        }
        closed[i] = last > paragraphs[i].begin && closes_paragraph(m_text.source_text(last - 1));
        if (closed[i]) {
            closed_tokens += paragraphs[i].size();
            first_closed = std::min(first_closed, i);
        }
    }
    if (closed_tokens * 2 < m_text.size()) {
        return; // a text that does without full stops
    }
    for (std::size_t sentence = 0; sentence < m_aside.size(); ++sentence) {
        std::size_t const paragraph = m_text.paragraph_of(m_text.sentences()[sentence].begin);
        m_aside[sentence] = paragraph > first_closed && !closed[paragraph] && !may_be_last_line(paragraph);
    }
}

/// Whether a paragraph without a full stop may belong to the report all the same: it goes on from the one
/// above, or is the last one, a sentence in which places were found.
bool Scene::may_be_last_line(std::size_t paragraph) const {
    auto const paragraphs = m_text.paragraphs();
    text::TokenRange const line = paragraphs[paragraph];
    bool const is_last = paragraph + 1 == paragraphs.size();
    return text::goes_on(m_text, line) ||
           (is_last && text::is_long_line(m_text, line) && !places_in(line).empty());
}

void Scene::index_words() {
    m_first_word.assign(m_text.size() + 1, m_words.size());
    m_has_list.assign(m_lexicon.list_count(), false);
    for (Word const& word : m_words) {
        if (word.kind == WordKind::list_word) {
            m_has_list[word.row] = true;
        }
    }
    std::size_t token = 0;
    for (std::size_t i = 0; i < m_words.size(); ++i) {
        for (; token <= m_words[i].match.tokens.begin; ++token) {
            m_first_word[token] = i;
        }
    }
}

std::span<Word const> Scene::words_in(text::TokenRange range) const {
    auto const first = [&](std::size_t token) { return m_first_word[std::min(token, m_text.size())]; };
    std::size_t const begin = first(range.begin);
    return std::span{m_words}.subspan(begin, first(std::max(range.begin, range.end)) - begin);
}

Word const* Scene::word_at(std::size_t token, WordKind kind) const {
    for (Word const& word : words_in({token, token + 1})) {
        if (word.kind == kind) {
            return &word;
        }
    }
    return nullptr;
}

bool Scene::has_cue(text::TokenRange range, Cue cue) const {
    auto const words = words_in(range);
    return std::any_of(words.begin(), words.end(), [&](Word const& word) { return is_cue(word, cue); });
}

bool Scene::has_listed(text::TokenRange range, std::string_view list) const {
    auto const words = words_in(range);
    if (words.empty()) {
        return false;
    }
    // Most lists have no word in most texts.
    auto const id = m_lexicon.list_id(list);
    return id && m_has_list[*id] && std::any_of(words.begin(), words.end(), [&](Word const& word) {
               return word.kind == WordKind::list_word && word.row == *id;
           });
}

std::vector<std::size_t> Scene::places_in(text::TokenRange range) const {
    auto const first = std::lower_bound(
        m_places.begin(), m_places.end(), range.begin,
        [](geoparse::Toponym const& place, std::size_t token) { return place.tokens.begin < token; });
    std::vector<std::size_t> found;
    for (auto place = first; place != m_places.end() && place->tokens.begin < range.end; ++place) {
        found.push_back(static_cast<std::size_t>(place - m_places.begin()));
    }
    return found;
}

std::size_t Scene::clause_of(std::size_t token) const {
    auto const after =
        std::upper_bound(m_clauses.begin(), m_clauses.end(), token,
                         [](std::size_t value, Clause const& clause) { return value < clause.tokens.begin; });
    return after == m_clauses.begin() ? 0 : static_cast<std::size_t>(after - m_clauses.begin()) - 1;
}

bool Scene::is_item(std::size_t paragraph) const {
    constexpr std::array<std::string_view, 6> bullets{"-", "–", "•", "*", "▪", "●"};
    std::string_view const first = m_text.source_text(m_text.paragraphs()[paragraph].begin);
    return std::find(bullets.begin(), bullets.end(), first) != bullets.end();
}

std::string_view Scene::words_of(text::TokenRange range) const {
    return range.size() == 0 ? std::string_view{} : m_text.span(range).of(m_text.source());
}

} // namespace kharita::event
