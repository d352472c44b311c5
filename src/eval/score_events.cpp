#include <algorithm>
#include <unordered_map>

#include <fmt/format.h>

#include "eval/pairing.hpp"
#include "eval/score.hpp"

namespace kharita::eval {

namespace {

using Mentions = std::unordered_map<std::string_view, SaidMention const*>;

SaidMention const* place_of(Mentions const& mentions, SaidEvent const& event) {
    auto const found = mentions.find(event.mention);
    return found == mentions.end() ? nullptr : found->second;
}

/// How well two events agree; 0 where they are not the same kind of thing at the same place.
double agreement(LabelledEvent const& label, SaidEvent const& said, Mentions const& mentions) {
    if (label.sub_event_type != said.sub_event_type) {
        return 0;
    }
    double near = 0;
    if (label.place && label.place->at) {
        SaidMention const* const place = place_of(mentions, said);
        if (place != nullptr && place->at) {
            if (!is_right(*label.place, *place)) {
                return 0;
            }
            near = 1 / (1 + distance_km(*label.place->at, *place->at));
        } else if (label.place->sure) {
            return 0; // where the text does not decide, an honest unknown is as good
        }
    }
    return 100 + (label.date == said.date ? 10 : 0) + (label.modality == said.modality ? 5 : 0) + 3 * near +
           (overlap(label.range, said.range) > 0 ? 2 : 0);
}

void score_toll(LabelledEvent const& label, SaidEvent const& said, EventScores& sums) {
    if (!label.killed) {
        sums.killed_invented += said.killed.value_or(0) > 0 ? 1U : 0U;
        return;
    }
    // A toll shared by several places is labelled from 0: "unknown" is right there too.
    auto const [low, high] = *label.killed;
    bool const right = said.killed ? low <= *said.killed && *said.killed <= high : low == 0 && high > 0;
    sums.killed.count(right ? 1 : 0);
}

bool shares_one(std::vector<std::string> const& labelled, std::vector<std::string> const& said) {
    if (labelled.empty()) {
        return said.empty();
    }
    return std::any_of(said.begin(), said.end(), [&](std::string const& each) {
        return std::find(labelled.begin(), labelled.end(), each) != labelled.end();
    });
}

void score_fields(LabelledEvent const& label, SaidEvent const& said, EventScores& sums) {
    if (!label.date.empty()) {
        sums.date.count(label.date == said.date ? 1 : 0);
    }
    sums.modality.count(label.modality == said.modality ? 1 : 0);
    score_toll(label, said, sums);
    if (label.injured) {
        auto const [low, high] = *label.injured;
        bool const right =
            said.injured ? low <= *said.injured && *said.injured <= high : low == 0 && high > 0;
        sums.injured.count(right ? 1 : 0);
    }
    if (label.initiator) {
        sums.initiator.count(shares_one(*label.initiator, said.initiator) ? 1 : 0);
    }
    if (label.target) {
        sums.target.count(shares_one(*label.target, said.target) ? 1 : 0);
    }
    if (label.weapon) {
        sums.weapon.count(*label.weapon == said.weapon ? 1 : 0);
    }
}

void score_zones(std::vector<ZoneLabel> const& labelled, std::vector<ZoneLabel> const& said,
                 EventScores& sums) {
    auto const pairs = best_pairs(labelled.size(), said.size(), [&](std::size_t i, std::size_t j) {
        return labelled[i].kind == said[j].kind
                   ? static_cast<double>(overlap(labelled[i].range, said[j].range))
                   : 0.0;
    });
    sums.zones.paired += pairs.size();
    sums.zones.missed += labelled.size() - pairs.size();
    sums.zones.spurious += said.size() - pairs.size();
    for (auto const& [i, j] : pairs) {
        if (!labelled[i].status.empty()) {
            sums.zone_status.count(labelled[i].status == said[j].status ? 1 : 0);
        }
    }
}

} // namespace

void score_events(LabelledDocument const& labelled, SaidDocument const& said, Scores& scores) {
    EventScores& sums = scores.events;
    if (labelled.zones) {
        score_zones(*labelled.zones, said.zones, sums);
    }
    if (!labelled.has_events) {
        return;
    }
    Mentions mentions;
    for (SaidMention const& each : said.mentions) {
        mentions.emplace(each.id, &each);
    }
    auto const pairs =
        best_pairs(labelled.events.size(), said.events.size(), [&](std::size_t i, std::size_t j) {
            return agreement(labelled.events[i], said.events[j], mentions);
        });
    sums.found.paired += pairs.size();
    sums.found.missed += labelled.events.size() - pairs.size();
    sums.found.spurious += said.events.size() - pairs.size();
    std::vector<bool> label_paired(labelled.events.size());
    std::vector<bool> said_paired(said.events.size());
    for (auto const& [i, j] : pairs) {
        label_paired[i] = true;
        said_paired[j] = true;
        score_fields(labelled.events[i], said.events[j], sums);
    }
    for (std::size_t i = 0; i < labelled.events.size(); ++i) {
        LabelledEvent const& event = labelled.events[i];
        if (!label_paired[i]) {
            scores.mistakes.push_back({Mistake::Kind::event_missed, labelled.id, event.range, event.trigger,
                                       fmt::format("{} at {}", event.sub_event_type,
                                                   event.place ? event.place->text : std::string{"no place"}),
                                       context_of(labelled, event.range)});
        }
    }
    for (std::size_t j = 0; j < said.events.size(); ++j) {
        SaidEvent const& event = said.events[j];
        if (!said_paired[j]) {
            SaidMention const* const place = place_of(mentions, event);
            scores.mistakes.push_back({Mistake::Kind::event_spurious, labelled.id, event.range, event.trigger,
                                       fmt::format("{} at {}", event.sub_event_type,
                                                   place != nullptr ? place->text : std::string{"no place"}),
                                       context_of(labelled, event.range)});
        }
    }
}

} // namespace kharita::eval
