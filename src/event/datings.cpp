#include "event/datings.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "event/draft.hpp"
#include "event/standing.hpp"

namespace kharita::event {

bool leads_to_event(Scene const& scene, text::DateMention const& date, std::size_t limit) {
    constexpr std::size_t reach = 5;
    std::size_t const end = date.tokens.end;
    return end < limit && scene.has_listed({end, std::min(end + reach, limit)}, "when");
}

namespace {

/// Whether a date belongs to a verb of saying: that verb stands before it in its clause, no trigger between.
bool is_of_saying(Scene const& scene, text::DateMention const& date) {
    static std::array const that{text::fold_key("أن"), text::fold_key("أنه"), text::fold_key("أنها"),
                                 text::fold_key("بأن"), text::fold_key("بأنه")};
    Clause const& clause = scene.clauses()[scene.clause_of(date.tokens.begin)];
    bool of_saying = false;
    std::size_t said_at = clause.tokens.begin;
    for (Word const& word : scene.words_in({clause.tokens.begin, date.tokens.begin})) {
        // «البيان الذي صدر أمس»; «تبنى أمس هجوما»: the day of the claim.
        bool const is_verb_form = word.match.part == Part::perfect || word.match.part == Part::imperfect;
        bool const is_issued =
            scene.has_listed({word.match.tokens.begin, word.match.tokens.begin + 1}, "issuing") ||
            (is_verb_form &&
             scene.has_listed({word.match.tokens.begin, word.match.tokens.begin + 1}, "claiming"));
        if (is_cue(word, Cue::report) || is_issued) {
            of_saying = true;
            said_at = word.match.tokens.end;
        } else if (word.kind == WordKind::trigger || word.kind == WordKind::casualty) {
            of_saying = false;
        }
    }
    // Behind «إن», «أنه» stands what was said.
    for (std::size_t token = said_at; of_saying && token < date.tokens.begin; ++token) {
        std::string_view const codes = scene.text().codes(token);
        of_saying = codes != "that" && std::none_of(that.begin(), that.end(),
                                                    [&](std::string const& word) { return codes == word; });
    }
    return of_saying;
}

/// «المحاصرة منذ عامين»: how long something has lasted dates no event.
bool is_lasting(Scene const& scene, text::DateMention const& date) {
    constexpr std::chrono::days longest_event{40};
    auto const published = scene.report().published;
    return date.first && date.last && published && *date.last == *published &&
           *date.last - *date.first > longest_event;
}

/// «بمناسبة مرور ثلاثة أعوام على … في 2017»: the day of what is remembered.
bool is_remembered(Scene const& scene, text::DateMention const& date) {
    constexpr std::size_t reach = 16;
    std::size_t const begin = date.tokens.begin;
    std::size_t const sentence = scene.text().sentences()[scene.text().sentence_of(begin)].begin;
    // «في ذكرى هجمات 7 يوليو، عندما فجر …»
    bool const is_told = date.historical && leads_to_event(scene, date, scene.text().size());
    return !is_told &&
           scene.has_listed({std::max(sentence, begin - std::min(begin, reach)), begin}, "anniversary") &&
           (date.historical || date.time_precision > 1 || !date.first || !scene.report().published ||
            *scene.report().published - *date.first > news_age);
}

/// «هدنة تمتد حتى ظهر السبت»: a weekday to come, which alone is read as the one before.
bool is_end_to_come(Scene const& scene, text::DateMention const& date) {
    constexpr std::chrono::days near{3};
    static std::string const until = text::fold_key("حتى");
    std::size_t const begin = date.tokens.begin;
    return begin > 0 && scene.text().codes(begin - 1) == until && date.first && date.time_precision == 1 &&
           scene.report().published && *scene.report().published - *date.first > near &&
           *scene.report().published - *date.first < std::chrono::days{7};
}

/// «للمرة الرابعة هذا الشهر», "for the fourth time this month": how often it was, not when.
bool is_frequency(Scene const& scene, text::DateMention const& date) {
    constexpr std::size_t reach = 5;
    std::size_t const begin = date.tokens.begin;
    return date.time_precision > 1 && scene.has_listed({begin - std::min(begin, reach), begin}, "times");
}

/// «في أول غارة على المدينة منذ عام 2016»: since when there was none.
bool is_end_of_pause(Scene const& scene, text::DateMention const& date) {
    constexpr std::size_t reach = 8;
    static std::string const since = text::fold_key("منذ");
    static std::string const in = text::fold_key("في");
    std::size_t const begin = date.tokens.begin;
    bool const is_since =
        scene.text().codes(begin) == since || (begin > 0 && scene.text().codes(begin - 1) == since);
    for (std::size_t token = begin - std::min(begin, reach); is_since && token < begin; ++token) {
        if (scene.text().codes(token) == in && scene.has_listed({token + 1, token + 2}, "first")) {
            return true;
        }
    }
    return false;
}

/// Whether a day counted from publication stands within quotation marks of its paragraph.
bool is_quoted_today(Scene const& scene, text::DateMention const& date) {
    if (!date.first || date.first != scene.report().published || date.time_precision != 1) {
        return false;
    }
    text::TokenRange const paragraph =
        scene.text().paragraphs()[scene.text().paragraph_of(date.tokens.begin)];
    int depth = 0;
    bool straight = false;
    for (std::size_t token = paragraph.begin; token < date.tokens.begin; ++token) {
        std::string_view const sign = scene.text().source_text(token);
        depth += sign == "«" || sign == "“" ? 1 : sign == "»" || sign == "”" ? -1 : 0;
        depth = std::max(depth, 0);
        straight = sign == "\"" ? !straight : straight;
    }
    return depth > 0 || straight;
}

} // namespace

bool is_of_night(Scene const& scene, text::DateMention const& date) {
    constexpr std::size_t reach = 2;
    static std::string const night = text::fold_key("ليل");
    for (std::size_t token = date.tokens.begin - std::min(date.tokens.begin, reach); token < date.tokens.end;
         ++token) {
        if (scene.text().codes(token) == night) {
            return true;
        }
    }
    return false;
}

std::vector<Dating> datings_of(Scene const& scene, std::vector<text::DateMention> const& dates) {
    std::vector<Dating> datings;
    for (text::DateMention const& date : dates) {
        if (is_body(scene, date.tokens.begin) && !is_lasting(scene, date) && !is_remembered(scene, date) &&
            !is_of_crime(scene, date.tokens.begin) && !is_frequency(scene, date) &&
            !is_end_to_come(scene, date) && !is_end_of_pause(scene, date)) {
            datings.push_back({&date, scene.clause_of(date.tokens.begin),
                               scene.text().sentence_of(date.tokens.begin), is_of_saying(scene, date),
                               is_quoted_today(scene, date)});
        }
    }
    return datings;
}

bool is_of_item(Scene const& scene, Dating const& dating) {
    return scene.is_item(scene.text().paragraph_of(dating.mention->tokens.begin));
}

bool is_of_earlier(Scene const& scene, Dating const& dating) {
    static std::string const particle = text::fold_key("قد");
    std::size_t const begin = scene.clauses()[dating.clause].tokens.begin;
    bool was = false;
    for (std::size_t token = begin; token < dating.mention->tokens.begin; ++token) {
        was = was || scene.has_cue({token, token + 1}, Cue::being);
        if (was && scene.text().codes(token) == particle) {
            return true;
        }
    }
    return false;
}

} // namespace kharita::event
