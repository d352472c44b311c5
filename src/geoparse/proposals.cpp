#include "geoparse/proposals.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <unordered_map>

#include "geoparse/coordination.hpp"
#include "geoparse/setting.hpp"
#include "geoparse/signs.hpp"

namespace kharita::geoparse {

namespace {

/// The head of the list says what all of them are: «قرى A وB», «محاور A وB».
bool shares_head(Proposal const& member, Proposal const& self) {
    bool const typed =
        member.head && !self.draft.setting.type && (member.head->classes & self.facts.classes) != 0;
    bool const front = member.draft.setting.nearness == Nearness::axis &&
                       self.draft.setting.nearness == Nearness::none && !self.draft.setting.type;
    return typed || front;
}

/// What a list says for one more name in it.
double evidence_of_list(Context const& context, Proposal const& member, Proposal const& self) {
    Weights const& weight = context.weights;
    if (shares_head(member, self)) {
        return weight[Feature::name_in_list] + weight[Feature::name_list_type];
    }
    return self.runs_on ? 0 : weight[Feature::name_in_list];
}

/// Evidence of the accepted proposals within reach that are coordinated with this one.
double evidence_of_lists(Context const& context, std::vector<Proposal> const& proposals, std::size_t index) {
    Proposal const& self = proposals[index];
    constexpr std::size_t reach = 8; // proposals overlap, so the neighbour may be some places away
    std::size_t const from = index < reach ? 0 : index - reach;
    std::size_t const to = std::min(proposals.size(), index + reach + 1);
    double most = 0;
    bool follows = false;
    bool precedes = false;
    for (std::size_t i = from; i < to; ++i) {
        Proposal const& other = proposals[i];
        if (i == index || !other.accepted) {
            continue;
        }
        bool const before = other.draft.tokens.end <= self.draft.tokens.begin;
        bool const after = self.draft.tokens.end <= other.draft.tokens.begin;
        if (before && coordinates(context, other.draft.setting, self.draft.setting)) {
            // «أطمة وقاح»: no two names stand side by side without a word between.
            bool const beside = other.draft.setting.phrase.end == self.draft.tokens.begin &&
                                is_short_rest(context, self.draft, self.facts);
            most = std::max(most, evidence_of_list(context, other, self) -
                                      (beside ? context.weights[Feature::name_short_rest] : 0));
            follows = true;
        } else if (after && coordinates(context, self.draft.setting, other.draft.setting)) {
            most = std::max(most, self.runs_on ? 0 : context.weights[Feature::name_in_list]);
            precedes = true;
        }
    }
    return most + (follows && precedes && !self.runs_on ? context.weights[Feature::name_between] : 0);
}

/// Hands the type word at the head of each list of accepted names on to its members, from left to right.
void pass_on_heads(Context const& context, std::vector<Proposal>& proposals) {
    constexpr std::size_t reach = 8;
    for (std::size_t i = 0; i < proposals.size(); ++i) {
        Proposal& self = proposals[i];
        auto const& type = self.draft.setting.type;
        bool const many = type && type->number != TypeWord::Number::one;
        self.head = many ? type : std::nullopt;
        for (std::size_t back = 1; back <= std::min(reach, i) && self.accepted && !type && !self.head;
             ++back) {
            Proposal const& before = proposals[i - back];
            if (before.accepted && before.head &&
                coordinates(context, before.draft.setting, self.draft.setting)) {
                self.head = before.head;
            }
        }
    }
}

void weigh(Context const& context, std::vector<Proposal>& proposals) {
    Weights const& weight = context.weights;
    double const threshold = weight[Feature::name_threshold];
    for (Proposal& proposal : proposals) {
        proposal.draft.evidence = proposal.own;
        proposal.accepted = proposal.own >= threshold;
    }
    constexpr int rounds = 3; // a list carries evidence from its sure members to the doubtful ones
    for (int round = 0; round < rounds; ++round) {
        pass_on_heads(context, proposals);
        std::unordered_map<std::string_view, double> best;
        for (Proposal const& proposal : proposals) {
            auto& value = best.try_emplace(name_codes(context, proposal.draft), -1e9).first->second;
            value = std::max(value, proposal.draft.evidence);
        }
        for (std::size_t i = 0; i < proposals.size(); ++i) {
            Proposal& proposal = proposals[i];
            double evidence = proposal.own + evidence_of_lists(context, proposals, i);
            double const elsewhere = best[name_codes(context, proposal.draft)];
            if (elsewhere > evidence && elsewhere >= threshold + 1) {
                evidence += weight[Feature::name_repeated];
            }
            proposal.draft.evidence = evidence;
        }
        for (Proposal& proposal : proposals) {
            proposal.accepted = proposal.draft.evidence >= threshold;
        }
    }
}

/// «على A وB وC», of which C alone is sure: B between two names, and A beside B, hold each other up.
void accept_pairs(Context const& context, std::vector<Proposal>& proposals) {
    constexpr std::size_t reach = 8;
    Weights const& weight = context.weights;
    double const threshold = weight[Feature::name_threshold];
    double const beside = weight[Feature::name_in_list];
    double const between = beside + weight[Feature::name_between];
    auto const follow = [&](Proposal const& first, Proposal const& second) {
        return first.draft.tokens.end <= second.draft.tokens.begin && !first.runs_on && !second.runs_on &&
               coordinates(context, first.draft.setting, second.draft.setting);
    };
    for (std::size_t i = 0; i < proposals.size(); ++i) {
        Proposal& middle = proposals[i];
        if (middle.accepted || middle.own + between < threshold) {
            continue;
        }
        std::size_t const end = std::min(proposals.size(), i + reach + 1);
        for (std::size_t before = i - std::min(i, reach); before < i; ++before) {
            for (std::size_t after = i + 1; after < end; ++after) {
                Proposal& first = proposals[before];
                Proposal& last = proposals[after];
                bool const one_sure = first.accepted != last.accepted;
                Proposal& doubtful = first.accepted ? last : first;
                if (one_sure && doubtful.own + beside >= threshold && follow(first, middle) &&
                    follow(middle, last)) {
                    middle.accepted = true;
                    middle.draft.evidence = middle.own + between;
                    doubtful.accepted = true;
                    doubtful.draft.evidence = doubtful.own + beside;
                }
            }
        }
    }
}

} // namespace

bool is_short_rest(Context const& context, Draft const& draft, NameFacts const& facts) {
    return draft.tokens.size() == 1 && draft.clitics.proclitics() > 0 &&
           name_codes(context, draft).size() <= 3 && facts.prominence < 3;
}

void accept_by_neighbours(Context const& context, std::vector<Proposal>& proposals) {
    weigh(context, proposals);
    accept_pairs(context, proposals);
}

} // namespace kharita::geoparse
