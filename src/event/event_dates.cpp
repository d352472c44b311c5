#include <algorithm>
#include <array>
#include <chrono>
#include <string>

#include "event/draft.hpp"
#include "event/standing.hpp"

namespace kharita::event {

namespace {

// Farther back than this a happening is background, not news.
constexpr std::chrono::days news_age{31};

/// A date of the text and what it is said of.
struct Dating {
    text::DateMention const* mention = nullptr;
    std::size_t clause = 0;
    std::size_t sentence = 0;
    bool of_saying = false; ///< the day a source spoke, not the day of what it spoke about
    bool is_quoted = false; ///< «اليوم» in somebody's own words: the day he spoke
};

/// Whether a date belongs to a verb of saying: that verb stands before it in its clause, no trigger between.
bool is_of_saying(Scene const& scene, text::DateMention const& date) {
    static std::array const that{text::fold_key("أن"), text::fold_key("أنه"), text::fold_key("أنها"),
                                 text::fold_key("بأن"), text::fold_key("بأنه")};
    Clause const& clause = scene.clauses()[scene.clause_of(date.tokens.begin)];
    bool of_saying = false;
    std::size_t said_at = clause.tokens.begin;
    for (Word const& word : scene.words_in({clause.tokens.begin, date.tokens.begin})) {
        bool const is_issued = word.kind == WordKind::list_word &&
                               scene.lexicon().list_name(word.row) == "issuing"; // «البيان الذي صدر أمس»
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

/// «بعد منتصف ليل أمس», «ليل الجمعة».
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

/// «بمناسبة مرور ثلاثة أعوام على … في 2017»: the day of what is remembered.
bool is_remembered(Scene const& scene, text::DateMention const& date) {
    constexpr std::size_t reach = 16;
    std::size_t const begin = date.tokens.begin;
    std::size_t const sentence = scene.text().sentences()[scene.text().sentence_of(begin)].begin;
    return scene.has_listed({std::max(sentence, begin - std::min(begin, reach)), begin}, "anniversary") &&
           (date.historical || date.time_precision > 1 || !date.first || !scene.report().published ||
            *scene.report().published - *date.first > news_age);
}

/// «للمرة الرابعة هذا الشهر», "for the fourth time this month": how often it was, not when.
bool is_frequency(Scene const& scene, text::DateMention const& date) {
    constexpr std::size_t reach = 5;
    std::size_t const begin = date.tokens.begin;
    return date.time_precision > 1 && scene.has_listed({begin - std::min(begin, reach), begin}, "times");
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

std::vector<Dating> datings_of(Scene const& scene, std::vector<text::DateMention> const& dates) {
    std::vector<Dating> datings;
    for (text::DateMention const& date : dates) {
        if (is_body(scene, date.tokens.begin) && !is_lasting(scene, date) && !is_remembered(scene, date) &&
            !is_of_crime(scene, date.tokens.begin) && !is_frequency(scene, date)) {
            datings.push_back({&date, scene.clause_of(date.tokens.begin),
                               scene.text().sentence_of(date.tokens.begin), is_of_saying(scene, date),
                               is_quoted_today(scene, date)});
        }
    }
    return datings;
}

/// Whether a day is that of one item of a list («- قتل … أمس»): it says nothing of the others.
bool is_of_item(Scene const& scene, Dating const& dating) {
    return scene.is_item(scene.text().paragraph_of(dating.mention->tokens.begin));
}

/// «وكانت القوات قد قصفت، الجمعة الماضي، X»: the day of what was before the news.
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

class Dater {
public:
    explicit Dater(Scene const& scene)
        : m_scene{scene},
          m_dates{scene.dates()},
          m_datings{datings_of(scene, m_dates)} {
        find_news_day();
        set_quoted_days();
    }

    void date(Draft& draft) const;

private:
    void find_news_day();
    void set_quoted_days();
    text::DateMention const* in(text::TokenRange range, std::size_t near) const;
    bool lasts_since(text::DateMention const& date) const;
    bool is_ago_of_later(text::DateMention const& date, Draft const& draft) const;
    text::DateMention const* in_sentence(Draft const& draft) const;
    text::TokenRange relative_clause_of(Draft const& draft) const;
    std::optional<std::chrono::days> lag_of(Draft const& draft) const;
    bool date_by_lag(Draft& draft) const;
    bool is_day_of_others(Draft const& draft) const;
    bool is_said_by(Draft const& draft, text::DateMention const& said) const;
    void fall_back(Draft& draft) const;
    void settle_modality(Draft& draft, text::DateMention const& mention) const;
    void settle_pluperfect(Draft& draft) const;

    Scene const& m_scene;
    std::vector<text::DateMention> m_dates;        ///< the scene's, with quoted days as they were meant
    std::vector<Dating> m_datings;                 ///< point into m_dates
    text::DateMention const* m_news_day = nullptr; ///< the first day the report dates something recent to
    text::DateMention const* m_said_day = nullptr; ///< the first recent day on which a source spoke
};

void Dater::find_news_day() {
    auto const published = m_scene.report().published;
    for (Dating const& each : m_datings) {
        text::DateMention const& date = *each.mention;
        bool const is_day = date.first && date.time_precision == 1 && !date.historical;
        bool const is_recent =
            is_day &&
            (!published || (*date.first <= *published && *published - *date.first <= std::chrono::days{7}));
        bool const is_of_others = is_of_item(m_scene, each) || is_of_earlier(m_scene, each);
        if (is_recent && !each.of_saying && !each.is_quoted && !is_of_others) {
            m_news_day = &date;
            return;
        }
        m_said_day =
            is_recent && m_said_day == nullptr && !each.is_quoted && !is_of_others ? &date : m_said_day;
    }
}

/// «قال أمس: "سقطت اليوم قذائف"»: a paper that tells the news of yesterday quotes what was said yesterday.
void Dater::set_quoted_days() {
    text::DateMention const* const said = m_said_day != nullptr ? m_said_day : m_news_day;
    for (Dating const& each : m_datings) {
        if (!each.is_quoted) {
            continue;
        }
        text::DateMention& date = m_dates[static_cast<std::size_t>(each.mention - m_dates.data())];
        if (said != nullptr && said->first < date.first) {
            date.first = said->first;
            date.last = said->first;
            date.why += "; said on the day of the news";
        } else if (m_news_day == nullptr) {
            m_news_day = &date;
        }
    }
}

/// «المعارك التي دارت بين أيلول وكانون الثاني»: the relative clause right behind a noun, as far as it tells
/// nothing else.
text::TokenRange Dater::relative_clause_of(Draft const& draft) const {
    constexpr std::size_t reach = 4;
    std::size_t next = draft.clause + 1;
    auto const& clauses = m_scene.clauses();
    if (draft.part != Part::noun || next >= clauses.size() ||
        clauses[next].opening != Clause::Opening::relative ||
        clauses[next].tokens.begin > draft.tokens.end + reach) {
        return {};
    }
    // «الهجوم الذي أوقع …»: the relative is a clause of one word.
    if (next + 1 < clauses.size() && clauses[next].tokens.size() == 1 &&
        clauses[next + 1].opening == Clause::Opening::consequence) {
        ++next;
    }
    text::TokenRange range = clauses[next].tokens;
    for (Word const& word : m_scene.words_in(range)) {
        Trigger const* const trigger =
            word.kind == WordKind::trigger ? &m_scene.lexicon().triggers()[word.row] : nullptr;
        if (trigger != nullptr && m_scene.lexicon().classes()[trigger->type].rule != Rule::aim) {
            range.end = word.match.tokens.begin;
            break;
        }
    }
    return range;
}

/// The date in a range nearest to a token, days of sayings apart.
text::DateMention const* Dater::in(text::TokenRange range, std::size_t near) const {
    text::DateMention const* best = nullptr;
    auto const distance = [&](text::DateMention const& date) {
        return date.tokens.begin > near ? date.tokens.begin - near : near - date.tokens.begin;
    };
    for (Dating const& each : m_datings) {
        if (!each.of_saying && range.contains(each.mention->tokens.begin) &&
            (best == nullptr || distance(*each.mention) < distance(*best))) {
            best = each.mention;
        }
    }
    return best;
}

/// «منذ مطلع الشهر»: in another clause it says how long that lasts, not when this was.
bool Dater::lasts_since(text::DateMention const& date) const {
    static std::string const since = text::fold_key("منذ");
    std::size_t const begin = date.tokens.begin;
    bool is_since = m_scene.text().codes(begin) == since;
    for (std::size_t token = begin - std::min<std::size_t>(begin, 3); token < begin; ++token) {
        is_since = is_since || m_scene.text().codes(token) == since;
    }
    return is_since && date.time_precision > 1;
}

/// «كما توفي جريح أصيب في قصف قبل أسبوع» behind what is told: how long ago that was.
bool Dater::is_ago_of_later(text::DateMention const& date, Draft const& draft) const {
    static std::string const before = text::fold_key("قبل");
    return date.tokens.begin > draft.tokens.begin && m_scene.text().codes(date.tokens.begin) == before;
}

text::DateMention const* Dater::in_sentence(Draft const& draft) const {
    Clause const& clause = m_scene.clauses()[draft.clause];
    text::DateMention const* best = nullptr;
    for (Dating const& each : m_datings) {
        bool const same = each.sentence == clause.sentence && !each.of_saying && !each.mention->historical;
        bool const aside = m_scene.clauses()[each.clause].opening == Clause::Opening::relative ||
                           (each.clause != draft.clause &&
                            (lasts_since(*each.mention) || is_ago_of_later(*each.mention, draft)));
        if (same && !aside && (best == nullptr || each.mention->tokens.begin < draft.tokens.begin)) {
            best = each.mention;
        }
    }
    return best;
}

void Dater::settle_modality(Draft& draft, text::DateMention const& mention) const {
    auto const published = m_scene.report().published;
    std::string const& type = m_scene.lexicon().classes()[draft.type].name;
    if (draft.modality != Modality::occurred) {
        return;
    }
    // «الشهر الماضي»: told by its month, a happening is background.
    bool const by_month = mention.time_precision == 3 && mention.first && mention.last && published &&
                          *mention.first + news_age < *published && *mention.last < *published;
    if (mention.historical || by_month ||
        (published && mention.last && *mention.last + news_age < *published)) {
        draft.modality = Modality::historical;
        draft.note("dated long before publication");
        return;
    }
    if (!published || !mention.first) {
        return;
    }
    // A meeting «تنعقد اليوم» is still to come when the report is written.
    bool const same_day_meeting = type == "talks" && *mention.first == *published;
    if (*mention.first > *published || same_day_meeting) {
        draft.modality = Modality::planned;
        draft.note("dated on or after the day of publication");
    }
}

/// Whether the day of the news is first named behind a draft, as the day of something else. What a headline
/// tells is told again below it, with its day.
bool Dater::is_day_of_others(Draft const& draft) const {
    std::size_t const at = m_news_day->tokens.begin;
    std::size_t const begin = draft.tokens.begin;
    bool const is_later = at > begin && m_scene.text().sentence_of(at) != m_scene.text().sentence_of(begin);
    bool const is_headline = m_scene.text().paragraph_of(begin) == 0 && m_scene.text().paragraph_of(at) > 0;
    auto const words = m_scene.words_in(m_scene.clauses()[m_scene.clause_of(at)].tokens);
    return is_later && !is_headline && std::any_of(words.begin(), words.end(), [](Word const& word) {
               return word.kind == WordKind::trigger;
           });
}

/// Whether what a draft tells may be of the words of a source that spoke on a day: they stand before it, in
/// its sentence, or in the body below a headline.
bool Dater::is_said_by(Draft const& draft, text::DateMention const& said) const {
    std::size_t const begin = draft.tokens.begin;
    auto const sentence = [&](std::size_t token) { return m_scene.text().sentence_of(token); };
    bool const is_headline =
        m_scene.text().paragraph_of(begin) == 0 && m_scene.text().paragraph_of(said.tokens.begin) > 0;
    return is_headline || sentence(said.tokens.begin) <= sentence(begin);
}

void Dater::fall_back(Draft& draft) const {
    auto const published = m_scene.report().published;
    if (draft.modality == Modality::planned || draft.modality == Modality::threatened) {
        draft.date_why = "undated, and not yet come to pass";
    } else if (draft.modality == Modality::historical) {
        draft.date_why = "undated, and of an earlier time";
    } else if (m_news_day != nullptr && m_news_day->first) {
        draft.date = m_news_day->first;
        draft.date_end = m_news_day->last;
        // What is told before that day was may be of another.
        draft.time_precision = is_day_of_others(draft) ? 2 : 1;
        draft.date_why = "not dated itself; the day the report is about: " + m_news_day->why;
    } else if (m_said_day != nullptr && m_said_day->first && is_said_by(draft, *m_said_day)) {
        draft.date = m_said_day->first;
        draft.date_end = m_said_day->last;
        draft.time_precision = 2;
        draft.date_why = "not dated; in the days up to when it was told: " + m_said_day->why;
    } else if (published) {
        draft.date = published;
        draft.date_end = published;
        draft.time_precision = 2;
        draft.date_why = "not dated; in the days up to publication";
    } else {
        draft.date_why = "not dated, and the report has no day of publication";
    }
}

/// «بعد أربعة أيام على هجوم», «غداة هجوم»: how many days before what is told.
std::optional<std::chrono::days> Dater::lag_of(Draft const& draft) const {
    constexpr std::size_t reach = 6;
    std::size_t const begin = draft.tokens.begin;
    std::size_t const clause = m_scene.clauses()[draft.clause].tokens.begin;
    std::size_t const from = std::max(clause, begin - std::min(begin, reach));
    auto const is = [&](std::size_t token, std::string_view word) {
        std::string const key = text::fold_key(word);
        std::string_view const codes = m_scene.text().codes(token);
        return codes == key || (codes.size() == key.size() + 1 && codes.front() == text::code(U'و') &&
                                codes.substr(1) == key);
    };
    if (begin > clause && is(begin - 1, "غداة")) {
        return std::chrono::days{1};
    }
    for (std::size_t token = from; token + 2 < begin; ++token) {
        bool const closes = is(begin - 1, "على") || is(begin - 1, "من");
        if (!is(token, "بعد") || !closes) {
            continue;
        }
        if (is(token + 1, "يوم")) {
            return std::chrono::days{1};
        }
        if (is(token + 1, "يومين")) {
            return std::chrono::days{2};
        }
        if (is(token + 1, "أسبوع")) {
            return std::chrono::days{7};
        }
        auto const number = text::read_number(m_scene.text(), token + 1, m_scene.numbers());
        if (number && number->value < 31 &&
            (is(number->tokens.end, "أيام") || is(number->tokens.end, "يوما"))) {
            return std::chrono::days{number->value};
        }
    }
    return std::nullopt;
}

/// Dates what happened some days before the rest from the day of the rest.
bool Dater::date_by_lag(Draft& draft) const {
    auto const lag = lag_of(draft);
    if (!lag) {
        return false;
    }
    // The day of the rest stands in its sentence; farther away it may be the very day that is looked for.
    text::DateMention const* const told = in_sentence(draft);
    bool const is_day = told != nullptr && told->first && told->time_precision == 1 &&
                        told->tokens.begin < draft.tokens.begin;
    auto const day = is_day                                                 ? told->first
                     : *lag > std::chrono::days{1} && m_news_day != nullptr ? m_news_day->first
                                                                            : std::nullopt;
    if (!day) {
        return false;
    }
    draft.date = *day - *lag;
    draft.date_end = draft.date;
    draft.time_precision = 1;
    draft.date_is_own = true;
    draft.date_why = "counted back from what is told";
    return true;
}

void Dater::date(Draft& draft) const {
    Clause const& clause = m_scene.clauses()[draft.clause];
    text::DateMention const* mention = in(draft.stretch, draft.tokens.begin);
    std::string where = "in its clause: ";
    if (mention == nullptr) {
        mention = in(relative_clause_of(draft), draft.tokens.begin);
        where = mention != nullptr ? "in the clause that tells of it: " : where;
    }
    if (mention == nullptr && date_by_lag(draft)) {
        settle_pluperfect(draft);
        return;
    }
    if (mention == nullptr) {
        mention = in(draft.before, draft.tokens.begin);
    }
    if (mention == nullptr) { // behind the next trigger a date is that one's
        mention = in({clause.tokens.begin, draft.stretch.end}, draft.tokens.begin);
    }
    if (mention == nullptr && clause.opening != Clause::Opening::relative &&
        draft.modality != Modality::historical && draft.modality != Modality::threatened &&
        draft.modality != Modality::planned) {
        mention = in_sentence(draft);
        where = "in its sentence: ";
    }
    if (mention == nullptr) {
        settle_pluperfect(draft);
        fall_back(draft);
        return;
    }
    draft.date = mention->first;
    draft.date_end = mention->last;
    draft.time_precision = mention->first ? mention->time_precision : 0;
    draft.date_is_own = true;
    draft.at_night = is_of_night(m_scene, *mention);
    draft.date_why = where + mention->why;
    auto const published = m_scene.report().published;
    bool const is_past = draft.date && published && *draft.date < *published;
    if (draft.modality == Modality::planned && is_past && *published - *draft.date < std::chrono::days{7}) {
        // "is due to open on Monday" is read as the Monday before: what is planned lies ahead.
        draft.date = *draft.date + std::chrono::days{7};
        draft.date_end = draft.date;
        draft.date_why += "; planned, so the next such day";
    }
    settle_modality(draft, *mention);
    settle_pluperfect(draft);
}

/// «كان قد سيطر»: earlier than what is told, unless dated to these days.
void Dater::settle_pluperfect(Draft& draft) const {
    constexpr std::chrono::days these_days{7};
    auto const published = m_scene.report().published;
    bool const is_recent =
        draft.date_is_own && draft.date && published && *draft.date + these_days >= *published;
    if (draft.pluperfect && !is_recent && draft.modality == Modality::occurred) {
        draft.modality = Modality::historical;
        draft.note("told as earlier than the rest");
    }
}

} // namespace

void find_event_dates(Scene const& scene, std::vector<Draft>& drafts) {
    Dater const dater{scene};
    for (Draft& draft : drafts) {
        dater.date(draft);
    }
}

} // namespace kharita::event
