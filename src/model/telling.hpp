#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/date.hpp"
#include "model/lon_lat.hpp"

namespace kharita {

/// What one report tells of one happening, as far as it takes to see whether another tells of the same.
struct Telling {
    std::string event;       ///< its id
    std::int64_t row = 0;    ///< where a database keeps the event
    std::int64_t report = 0; ///< the same for tellings of one report
    std::optional<Date> published;
    Date date;
    Date date_end; ///< not before `date`
    /// Where the text gives this telling a day; else it has that of other news in the report, or of the
    /// report.
    enum class Dating : std::uint8_t { its_own, of_report };
    Dating dating = Dating::its_own;
    std::string place;      ///< gazetteer id; empty where it lies at none
    std::string place_name; ///< empty likewise
    LonLat at;
    Metres uncertainty{0};
    int geo_precision = 1; ///< ACLED: 1 exact, 2 about, 3 a whole region
    std::string event_type;
    std::string sub_event_type;
    std::vector<std::string> initiators; ///< actor ids, sorted
    std::vector<std::string> targets;    ///< actor ids, sorted
    std::optional<std::int64_t> killed;
    std::optional<std::int64_t> injured;
    bool toll_is_set = false;          ///< by an analyst: other tellings do not change it
    std::optional<std::int64_t> count; ///< of strikes
    std::string trigger;               ///< empty where the text was not read, like `quote`
    std::string quote;                 ///< the sentence that tells it
};

/// One telling of a happening, and why it belongs there; the first one's reason is empty.
struct ToldHappening {
    Telling const* telling = nullptr;
    double likeness = 0; ///< log odds, to the telling that it is most like
    std::string why;     ///< for people
};

/// That two tellings are of one happening.
struct SameEvent {
    std::size_t first = 0; ///< index of the telling that was there first
    std::size_t other = 0; ///< index of the telling that is the same; once in a list
    double likeness = 0;   ///< log odds that it is
    std::string why;       ///< for people

    friend bool operator==(SameEvent const&, SameEvent const&) = default;
};

} // namespace kharita
