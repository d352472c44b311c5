#include "text/dates.hpp"

#include <algorithm>

#include "text/date_reader.hpp"

namespace kharita::text {

namespace {

/// Of the ways to read one place the longest; the earlier in this order where they are as long.
std::optional<DateMention> longest_at(DateReader const& reader, std::size_t at) {
    // Most tokens begin nothing; all but lengths of time begin with a phrase or with digits.
    if (!reader.may_begin(at)) {
        return reader.span_at(at);
    }
    std::optional<DateMention> best;
    for (auto& mention : {reader.day_at(at), reader.days_at(at), reader.period_at(at), reader.span_at(at),
                          reader.hijri_at(at)}) {
        if (mention && (!best || mention->tokens.end > best->tokens.end)) {
            best = mention;
        }
    }
    return best;
}

} // namespace

namespace {

/// Moves a day of these years to the year of which it is the anniversary: «الذكرى العاشرة لهجمات 7 يوليو».
void move_back(DateMention& mention, int years_back) {
    using std::chrono::years;
    auto const back = [&](Date date) {
        std::chrono::year_month_day const day = std::chrono::year_month_day{date} - years{years_back};
        return day.ok() ? Date{day} : Date{day.year() / day.month() / std::chrono::last};
    };
    mention.first = back(*mention.first);
    mention.last = back(*mention.last);
    mention.why += "; the day that is remembered";
}

} // namespace

namespace {

std::vector<DateMention> dates_seen_from(std::optional<Date> published, TokenizedText const& text,
                                         DateVocabulary const& vocabulary) {
    std::vector<DateMention> mentions;
    DateReader const reader{text, published, vocabulary};
    std::optional<Date> last_day; // for what points back at it
    constexpr std::size_t anniversary_reach = 10;
    std::size_t remembered_at = 0;
    int years_back = 0;
    for (std::size_t at = 0; at < text.size();) {
        if (int const years = reader.may_begin(at) ? reader.years_remembered_at(at) : 0; years > 0) {
            years_back = years;
            remembered_at = at;
        }
        if (auto const next = reader.after_no_day(at)) {
            at = *next;
            continue;
        }
        auto mention = longest_at(reader, at);
        if (auto same = reader.same_day_at(at, last_day);
            same && (!mention || same->tokens.end >= mention->tokens.end)) {
            mention = std::move(same);
        }
        if (!mention) {
            ++at;
            continue;
        }
        bool const is_day = mention->first && mention->time_precision == 1;
        bool const is_of_these_years = is_day && published && *mention->first <= *published &&
                                       *published - *mention->first < std::chrono::days{366};
        if (years_back > 0 && is_of_these_years && at < remembered_at + anniversary_reach) {
            move_back(*mention, years_back);
        } else if (is_day) {
            last_day = mention->first;
        }
        years_back = at < remembered_at + anniversary_reach ? years_back : 0;
        at = std::max(at + 1, mention->tokens.end);
        if (mention->last && published && *mention->last < *published - std::chrono::days{365}) {
            mention->historical = true;
        }
        mentions.push_back(*std::move(mention));
    }
    return mentions;
}

/// Whether the days of a report say that it was written the day before it was published, and none says
/// otherwise.
bool is_written_before(std::vector<DateMention> const& mentions) {
    auto const says = [&](int days) {
        return std::any_of(mentions.begin(), mentions.end(),
                           [&](DateMention const& each) { return each.written_before == days; });
    };
    return says(1) && !says(0);
}

} // namespace

std::vector<DateMention> find_dates(TokenizedText const& text, std::optional<Date> published,
                                    DateVocabulary const& vocabulary) {
    std::vector<DateMention> mentions = dates_seen_from(published, text, vocabulary);
    if (!published || !is_written_before(mentions)) {
        return mentions;
    }
    std::vector<DateMention> moved = dates_seen_from(*published - std::chrono::days{1}, text, vocabulary);
    for (DateMention& each : moved) {
        auto const same = std::find_if(mentions.begin(), mentions.end(), [&](DateMention const& other) {
            return other.tokens.begin == each.tokens.begin && other.first == each.first;
        });
        if (same != mentions.end()) {
            each = *same; // a day of the calendar, or the one that tells when the report was written
        } else {
            each.why += "; counted from the day before, when the report was written";
        }
    }
    return moved;
}

} // namespace kharita::text
