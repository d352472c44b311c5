#include <algorithm>
#include <array>
#include <chrono>
#include <string>

#include "event/datings.hpp"
#include "event/draft.hpp"
#include "event/standing.hpp"

namespace kharita::event {

namespace {

// What happened on the day of publication or the one before is the frame of a report.
constexpr std::chrono::days fresh{1};

// How far back «بعد حوالي شهر من …» is: too far to count from a day.
constexpr std::chrono::days long_ago{30};

class Dater {
public:
    Dater(Scene const& scene, std::span<Draft const> drafts)
        : m_scene{scene},
          m_drafts{drafts},
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
    bool is_of_other_saying(Dating const& dating, Draft const& draft) const;
    bool is_of_relative(Dating const& dating, Draft const& draft) const;
    bool is_ago_of_later(text::DateMention const& date, Draft const& draft) const;
    text::DateMention const* in_sentence(Draft const& draft) const;
    text::TokenRange relative_clause_of(Draft const& draft) const;
    std::optional<std::chrono::days> lag_of(Draft const& draft) const;
    bool date_by_lag(Draft& draft) const;
    bool is_day_of_others(Draft const& draft) const;
    text::TokenRange up_to_afterwards(Draft const& draft) const;
    bool is_said_by(Draft const& draft, text::DateMention const& said) const;
    bool is_of_news_day(Draft const& draft) const;
    text::DateMention const* said_with(Draft const& draft) const;
    text::DateMention const* that_time(Draft const& draft) const;
    text::DateMention const* told_before(Draft const& draft) const;
    void fall_back(Draft& draft) const;
    void look_ahead(Draft& draft, text::DateMention const& mention) const;
    void settle_modality(Draft& draft, text::DateMention const& mention) const;
    void settle_pluperfect(Draft& draft) const;

    Scene const& m_scene;
    std::span<Draft const> m_drafts;
    std::vector<text::DateMention> m_dates;        ///< the scene's, with quoted days as they were meant
    std::vector<Dating> m_datings;                 ///< point into m_dates
    text::DateMention const* m_news_day = nullptr; ///< the first day the report dates something recent to
    text::DateMention const* m_said_day = nullptr; ///< the first recent day on which a source spoke
};

void Dater::find_news_day() {
    auto const published = m_scene.report().published;
    std::size_t news_sentence = 0;
    for (Dating const& each : m_datings) {
        text::DateMention const& date = *each.mention;
        bool const is_day = date.first && date.time_precision == 1 && !date.historical;
        bool const is_recent =
            is_day &&
            (!published || (*date.first <= *published && *published - *date.first <= std::chrono::days{7}));
        bool const is_of_others = is_of_item(m_scene, each) || is_of_earlier(m_scene, each);
        if (m_news_day != nullptr && each.sentence != news_sentence) {
            return;
        }
        if (is_recent && !each.of_saying && !each.is_quoted && !is_of_others) {
            // «خطف مقاتلين الأربعاء، ومهاجمتهم أمس»: the latest day that the sentence names is the news.
            bool const is_latest = m_news_day == nullptr || m_news_day->first < date.first;
            m_news_day = is_latest ? &date : m_news_day;
            news_sentence = each.sentence;
            continue;
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
        if (trigger != nullptr && m_scene.lexicon().classes()[trigger->type].rule != Rule::aim &&
            standing_of(m_scene, word).is_told) {
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

/// «منذ مطلع الشهر», «منذ الرابع منه»: in another clause it says how long that lasts, not when this was.
bool Dater::lasts_since(text::DateMention const& date) const {
    static std::string const since = text::fold_key("منذ");
    std::size_t const begin = date.tokens.begin;
    bool is_since = m_scene.text().codes(begin) == since;
    for (std::size_t token = begin - std::min<std::size_t>(begin, 3); token < begin; ++token) {
        is_since = is_since || m_scene.text().codes(token) == since;
    }
    auto const published = m_scene.report().published;
    bool const is_old = published && date.first && *published - *date.first > fresh;
    return is_since && (date.time_precision > 1 || is_old);
}

/// «كما توفي جريح أصيب في قصف قبل أسبوع» behind what is told: how long ago that was.
bool Dater::is_ago_of_later(text::DateMention const& date, Draft const& draft) const {
    static std::string const before = text::fold_key("قبل");
    return date.tokens.begin > draft.tokens.begin && m_scene.text().codes(date.tokens.begin) == before;
}

/// Whether a date stands in a relative clause that tells what happened then; «بجانب مسجد ترتاده X الاثنين
/// الماضي» goes on with the main clause. «يوم 3 آذار، عندما سقطت …»: the next clause tells what happened.
bool Dater::is_of_relative(Dating const& dating, Draft const& draft) const {
    Clause const& clause = m_scene.clauses()[dating.clause];
    if (clause.opening != Clause::Opening::relative) {
        return false;
    }
    if (leads_to_event(m_scene, *dating.mention, draft.tokens.begin)) {
        return false;
    }
    auto const words = m_scene.words_in(clause.tokens);
    bool const tells = std::any_of(words.begin(), words.end(), [](Word const& word) {
        return word.kind == WordKind::trigger || word.kind == WordKind::casualty;
    });
    return tells || dating.mention->time_precision > 1 || dating.mention->tokens.begin < draft.tokens.begin;
}

/// «… ترافق مع قصف، وقال المرصد إن 18 برميلا سقطت يوم السبت»: an older day in what a source adds, in another
/// clause, is of that alone.
bool Dater::is_of_other_saying(Dating const& dating, Draft const& draft) const {
    auto const published = m_scene.report().published;
    std::size_t const at = dating.mention->tokens.begin;
    bool const is_old = published && dating.mention->first && *published - *dating.mention->first > fresh;
    std::size_t const begin = std::min(at, draft.tokens.begin);
    return is_old && dating.clause != draft.clause &&
           m_scene.has_cue({begin, std::max(at, draft.tokens.begin)}, Cue::report);
}

text::DateMention const* Dater::in_sentence(Draft const& draft) const {
    Clause const& clause = m_scene.clauses()[draft.clause];
    text::DateMention const* best = nullptr;
    for (Dating const& each : m_datings) {
        bool const is_background =
            each.mention->historical && !leads_to_event(m_scene, *each.mention, draft.tokens.begin);
        bool const same = each.sentence == clause.sentence && !each.of_saying && !is_background;
        // «شن هجمات … بعد إخفاق هجوم شنه الشهر الماضي»: a period behind another telling is of that one.
        bool const is_behind_other = each.mention->time_precision > 1 && each.clause != draft.clause &&
                                     each.mention->tokens.begin > draft.tokens.begin &&
                                     std::any_of(m_drafts.begin(), m_drafts.end(), [&](Draft const& other) {
                                         return other.tokens.begin > draft.tokens.begin &&
                                                other.tokens.begin < each.mention->tokens.begin;
                                     });
        bool const aside = is_behind_other || is_of_relative(each, draft) ||
                           is_of_other_saying(each, draft) ||
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

/// Whether the day of the news may be that of a draft without one. The day of publication and the one before
/// frame a whole report. An older day dates what follows it where the report opens with it, and the headline;
/// never what stands before it, nor the rest of a report that told of other things first.
bool Dater::is_of_news_day(Draft const& draft) const {
    auto const published = m_scene.report().published;
    if (!published || *published - *m_news_day->first <= fresh) {
        // What a source told on Wednesday did not happen on Thursday.
        bool const was_told = m_said_day != nullptr && m_said_day->first < m_news_day->first &&
                              m_said_day->tokens.begin < m_news_day->tokens.begin &&
                              draft.tokens.begin < m_news_day->tokens.begin;
        return !was_told || !is_said_by(draft, *m_said_day);
    }
    auto const& text = m_scene.text();
    std::size_t const at = m_news_day->tokens.begin;
    std::size_t const sentence = text.sentence_of(at);
    std::size_t const lead = text.paragraphs().size() > 1 ? text.sentence_of(text.paragraphs()[1].begin) : 0;
    // The sentence behind the opening one tells more of the same.
    auto const is_lead = [&](Draft const& each) {
        std::size_t const own = text.sentence_of(each.tokens.begin);
        return sentence == lead + 1 && (own == lead || own == sentence);
    };
    bool const is_later = at > draft.tokens.begin && sentence != text.sentence_of(draft.tokens.begin) &&
                          text.paragraph_of(draft.tokens.begin) > 0 && !is_lead(draft);
    bool const is_led_to = std::any_of(m_drafts.begin(), m_drafts.end(), [&](Draft const& each) {
        bool const is_body = text.paragraph_of(each.tokens.begin) > 0 || text.paragraph_of(at) == 0;
        // «تبنى هجوما أدى أول من أمس إلى …»: the clause right before is of the same.
        bool const is_other = each.clause + 1 < m_scene.clause_of(at);
        return is_body && each.tokens.begin < at && is_other && !is_lead(each);
    });
    return !is_later && !is_led_to;
}

/// «وتبنى الأربعاء الماضي قتل شرطيين»: an older day on which was said what a clause tells; it happened by
/// then.
text::DateMention const* Dater::said_with(Draft const& draft) const {
    auto const published = m_scene.report().published;
    auto const said = std::find_if(m_datings.begin(), m_datings.end(), [&](Dating const& each) {
        text::DateMention const& date = *each.mention;
        return each.of_saying && each.clause == draft.clause && date.tokens.begin < draft.tokens.begin &&
               date.first && date.time_precision == 1 && published && *published - *date.first > fresh &&
               *published - *date.first <= news_age;
    });
    return said == m_datings.end() ? nullptr : said->mention;
}

/// «يومها», «آنذاك»: the day or month told last before them in their paragraph, however long ago.
text::DateMention const* Dater::that_time(Draft const& draft) const {
    constexpr std::size_t reach = 3;
    Clause const& clause = m_scene.clauses()[draft.clause];
    text::TokenRange const near{draft.before.begin, std::min(draft.tokens.end + reach, clause.tokens.end)};
    if (!m_scene.has_listed(near, "that_time")) {
        return nullptr;
    }
    text::DateMention const* told = nullptr;
    for (Dating const& each : m_datings) {
        std::size_t const at = each.mention->tokens.begin;
        bool const is_before = at < draft.tokens.begin && m_scene.text().paragraph_of(at) ==
                                                              m_scene.text().paragraph_of(draft.tokens.begin);
        told = is_before && each.mention->first && !each.of_saying ? each.mention : told;
    }
    return told;
}

/// The day told last before a draft in its paragraph, in a sentence before its own: what is told goes on from
/// there.
text::DateMention const* Dater::told_before(Draft const& draft) const {
    constexpr std::chrono::days news{7};
    constexpr std::size_t opening = 14;
    auto const& text = m_scene.text();
    auto const published = m_scene.report().published;
    Clause const& clause = m_scene.clauses()[draft.clause];
    text::DateMention const* told = nullptr;
    for (Dating const& each : m_datings) {
        std::size_t const at = each.mention->tokens.begin;
        if (each.sentence >= clause.sentence ||
            text.paragraph_of(at) != text.paragraph_of(draft.tokens.begin)) {
            continue;
        }
        bool const is_day =
            each.mention->first && each.mention->time_precision == 1 &&
            each.mention->first == each.mention->last &&
            (!published || (*each.mention->first <= *published && *published - *each.mention->first <= news));
        // An older day dates what follows where its sentence opens with it: «بدأ التوتر مساء الاثنين …».
        std::size_t const head = text.sentences()[each.sentence].begin;
        bool const is_deep = published && *published - *each.mention->first > fresh && at > head + opening;
        bool const is_aside = is_deep || each.of_saying || each.is_quoted || is_of_earlier(m_scene, each) ||
                              m_scene.clauses()[each.clause].opening == Clause::Opening::relative;
        told = is_day && !is_aside ? each.mention : told;
    }
    return told;
}

void Dater::fall_back(Draft& draft) const {
    auto const published = m_scene.report().published;
    if (draft.modality == Modality::planned || draft.modality == Modality::threatened) {
        draft.date_why = "undated, and not yet come to pass";
    } else if (draft.modality == Modality::historical) {
        draft.date_why = "undated, and of an earlier time";
    } else if (draft.pluperfect) {
        draft.date_why = "undated, and earlier than what is told";
    } else if (text::DateMention const* const claimed = said_with(draft)) {
        draft.date = claimed->first;
        draft.date_end = claimed->last;
        draft.time_precision = 2;
        draft.date_why = "not dated; in the days up to when it was told: " + claimed->why;
    } else if (text::DateMention const* const told = told_before(draft)) {
        draft.date = told->first;
        draft.date_end = told->last;
        draft.time_precision = 1;
        draft.date_why = "not dated itself; the day told before it: " + told->why;
    } else if (m_news_day != nullptr && m_news_day->first && is_of_news_day(draft)) {
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
        // «بعد حوالي شهر من هجوم»: when in that month is not said.
        if (is(token + 1, "شهر") || is(token + 2, "شهر")) {
            return long_ago;
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
    if (*lag == long_ago) {
        draft.modality = draft.modality == Modality::occurred ? Modality::historical : draft.modality;
        draft.date_why = "about a month before what is told";
        return true;
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

/// «انتزعتها، ثم واصلت اليوم زحفها»: the words behind a draft up to what came afterwards.
text::TokenRange Dater::up_to_afterwards(Draft const& draft) const {
    text::TokenRange range = draft.stretch;
    for (std::size_t token = draft.tokens.end; token < range.end; ++token) {
        if (m_scene.has_listed({token, token + 1}, "afterwards")) {
            range.end = token;
        }
    }
    return range;
}

/// "is due to open on Monday" is read as the Monday before: what is planned lies ahead. «الخطة، كما شرحها
/// أمس، كانت تقوم على خطف X»: no other day of the days before is that of a plan.
void Dater::look_ahead(Draft& draft, text::DateMention const& mention) const {
    constexpr std::chrono::days week{7};
    auto const published = m_scene.report().published;
    bool const is_past = draft.date && published && *draft.date < *published;
    if (draft.modality != Modality::planned || !is_past || *published - *draft.date >= week) {
        return;
    }
    if (mention.is_weekday) {
        draft.date = *draft.date + week;
        draft.date_why += "; planned, so the next such day";
    } else {
        draft.date.reset();
        draft.time_precision = 0;
        draft.date_is_own = false;
        draft.date_why = "undated, and not yet come to pass";
    }
    draft.date_end = draft.date;
}

void Dater::date(Draft& draft) const {
    Clause const& clause = m_scene.clauses()[draft.clause];
    text::DateMention const* mention = in(up_to_afterwards(draft), draft.tokens.begin);
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
    if (mention == nullptr) {
        mention = that_time(draft);
        where = mention != nullptr ? "of the time told before: " : where;
    }
    // «مساء الخميس قتل 13 في مجزرة نفذتها طائرات إثر قصف X»
    std::size_t const begin = draft.tokens.begin;
    bool const is_cause = begin > 0 && m_scene.has_cue({begin - 1, begin}, Cue::suffer);
    if (mention == nullptr && (clause.opening != Clause::Opening::relative || is_cause) &&
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
    look_ahead(draft, *mention);
    settle_modality(draft, *mention);
    settle_pluperfect(draft);
}

/// «كانوا قد هاجموا X»: earlier than what is told, by hours as often as by years. Background is what is dated
/// weeks back and, without a date, who had come to hold a place.
void Dater::settle_pluperfect(Draft& draft) const {
    constexpr std::chrono::days these_weeks{21};
    if (!draft.pluperfect || draft.modality != Modality::occurred) {
        return;
    }
    auto const published = m_scene.report().published;
    bool const is_dated = draft.date_is_own && draft.date && published;
    bool const is_recent = is_dated && *draft.date + these_weeks >= *published;
    bool const is_of_place = m_scene.lexicon().classes()[draft.type].rule == Rule::seize;
    if (!is_recent && (is_dated || is_of_place)) {
        draft.modality = Modality::historical;
        draft.note("told as earlier than the rest");
    }
}

} // namespace

void find_event_dates(Scene const& scene, std::vector<Draft>& drafts) {
    Dater const dater{scene, drafts};
    for (Draft& draft : drafts) {
        dater.date(draft);
    }
}

} // namespace kharita::event
