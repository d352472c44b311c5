#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/date.hpp"
#include "model/span.hpp"

namespace kharita {

/// Whether what a text tells came to pass.
enum class Modality { occurred, failed, planned, threatened, denied, historical };

/// A number as a text gives it: low ≤ best ≤ high.
struct Count {
    std::int64_t low = 0;
    std::int64_t best = 0;
    std::int64_t high = 0;
    friend bool operator==(Count const&, Count const&) = default;
};

/// People killed or injured. Null counts mean "not said"; 0 means that the text says none.
struct Toll {
    Count count;
    std::optional<std::int64_t> civilians;  ///< of `best`
    std::optional<std::int64_t> combatants; ///< of `best`
    std::optional<std::int64_t> children;   ///< of `best`
    std::optional<std::int64_t> women;      ///< of `best`
    friend bool operator==(Toll const&, Toll const&) = default;
};

/// An actor, or one candidate of several where the text does not say whose it was.
struct ActorRef {
    std::string id; ///< from gazetteer/actors.tsv; empty where only a name is known
    std::string name;
    double confidence = 0;
    friend bool operator==(ActorRef const&, ActorRef const&) = default;
};

/// Events that one clause tells together; a toll shared by several places stands here and not on the events.
struct EventGroup {
    std::string id; ///< "c1", "c2" … in text order
    std::optional<Toll> killed;
    std::optional<Toll> injured;
    friend bool operator==(EventGroup const&, EventGroup const&) = default;
};

/// One happening at one place: one trigger with N places gives N events of one group.
struct Event {
    std::string id; ///< 32 hexadecimal digits, see event_id() in event/
    Span trigger;   ///< without proclitics
    std::string group;
    std::optional<std::string>
        mention; ///< id of the place mention; empty where the text names no place for it
    std::optional<Date> date;
    std::optional<Date> date_end;
    int time_precision = 0;     ///< ACLED: 1 day, 2 week, 3 month; 0 where undated
    std::string date_why;       ///< how the date was found, or why there is none
    std::string event_type;     ///< ACLED
    std::string sub_event_type; ///< ACLED
    std::string plover;         ///< PLOVER event type: ASSAULT, MOBILIZE …
    std::string plover_mode;    ///< empty where it has none
    Modality modality = Modality::occurred;
    std::vector<ActorRef> initiator;
    std::vector<ActorRef> target;
    std::string weapon;         ///< id from the weapons vocabulary; empty where not said
    std::optional<Count> count; ///< how many strikes, shells …
    std::optional<Toll> killed;
    std::optional<Toll> injured;
    std::string
        claimed_by; ///< whose claim the text reports it as, «بحسب المرصد»; empty where it states it itself
    double confidence = 0;
    std::string why;
    std::string
        control_change; ///< "gained" | "lost" | "": what a territorial event does for its initiator's control

    friend bool operator==(Event const&, Event const&) = default;
};

} // namespace kharita
