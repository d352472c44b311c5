#include "event/same_event_sweep.hpp"

#include <algorithm>
#include <utility>

namespace kharita::event {

namespace {

std::int64_t whole(double days) noexcept {
    return static_cast<std::int64_t>(days);
}

} // namespace

SameEventSweep::SameEventSweep(SameEventRules const& rules, ActorParents const& parents,
                               SameEventOrders const& orders, Read read, Decided decided)
    : m_rules{rules},
      m_parents{parents},
      m_comparison{rules, parents},
      m_read{std::move(read)},
      m_decided{std::move(decided)},
      m_split{orders.split.begin(), orders.split.end()},
      m_around{rules},
      m_cells{rules} {
    for (auto const& [id, same] : orders.merge) {
        if (id != same) {
            m_merges[id].push_back(same);
            m_merges[same].push_back(id);
        }
    }
}

void SameEventSweep::add(Telling telling) {
    std::size_t const number = m_next++;
    Entry& entry = m_entries[number];
    entry.prepared = prepared(std::move(telling), m_rules, m_parents);
    PreparedTelling const& added = entry.prepared;
    entry.is_alone = m_split.contains(added.telling.event) ||
                     static_cast<double>(added.last_day - added.first_day) > m_rules.longest;
    m_around.add(added);
    // All that makes a place busy must have come.
    while (m_begun < number &&
           m_entries.at(m_begun).prepared.first_day < added.first_day - whole(m_rules.busy_days)) {
        begin(m_begun++);
    }
}

void SameEventSweep::end() {
    while (m_begun < m_next) {
        begin(m_begun++);
    }
    for (auto const& [number, cluster] : m_clusters) {
        close(cluster);
    }
    m_clusters.clear();
}

void SameEventSweep::begin(std::size_t number) {
    Entry& entry = m_entries.at(number);
    PreparedTelling& prepared = entry.prepared;
    close_before(prepared.first_day - whole(m_rules.widest_days()));
    m_around.look_up(prepared);
    entry.cluster = number;
    m_clusters[number] = {.members = {number}, .last_day = prepared.last_day, .awaited = 0};
    if (!entry.is_alone) {
        compare(number, entry);
        m_cells.add(number, prepared);
    }
    await_merges(number, entry);
}

void SameEventSweep::compare(std::size_t number, Entry& entry) {
    for (std::size_t const near : m_cells.near(entry.prepared)) {
        auto const found = m_entries.find(near);
        if (found == m_entries.end()) {
            continue; // decided
        }
        Entry& other = found->second;
        if (entry.cluster != other.cluster && m_comparison.is_near(other.prepared, entry.prepared) &&
            are_alike(other, entry)) {
            unite(near, number);
        }
    }
}

void SameEventSweep::await_merges(std::size_t number, Entry const& entry) {
    std::string_view const event = entry.prepared.telling.event;
    auto const merges = m_merges.find(event);
    if (merges == m_merges.end()) {
        return;
    }
    m_came.emplace(merges->first, number);
    for (std::string_view const same : merges->second) {
        auto const other = m_came.find(same);
        if (other == m_came.end()) {
            ++m_clusters.at(entry.cluster).awaited;
        } else {
            --m_clusters.at(m_entries.at(other->second).cluster).awaited;
            unite(other->second, number);
        }
    }
}

bool SameEventSweep::are_alike(Entry& a, Entry& b) {
    if (m_comparison.highest_score(a.prepared, b.prepared) <= 0) {
        return false;
    }
    read(a);
    read(b);
    return m_comparison.score(a.prepared, b.prepared) > 0;
}

void SameEventSweep::read(Entry& entry) {
    PreparedTelling& prepared = entry.prepared;
    if (!prepared.is_read) {
        m_read(prepared.telling);
        look_up_words(m_rules, prepared);
    }
}

void SameEventSweep::unite(std::size_t a, std::size_t b) {
    std::size_t into = m_entries.at(a).cluster;
    std::size_t from = m_entries.at(b).cluster;
    if (into == from) {
        return;
    }
    if (m_clusters.at(into).members.size() < m_clusters.at(from).members.size()) {
        std::swap(into, from);
    }
    Cluster& larger = m_clusters.at(into);
    Cluster const smaller = std::move(m_clusters.at(from));
    m_clusters.erase(from);
    for (std::size_t const member : smaller.members) {
        m_entries.at(member).cluster = into;
    }
    larger.members.insert(larger.members.end(), smaller.members.begin(), smaller.members.end());
    larger.last_day = std::max(larger.last_day, smaller.last_day);
    larger.awaited += smaller.awaited;
}

/// Decides what no telling from now on can reach, which ends before `day`.
void SameEventSweep::close_before(std::int64_t day) {
    if (m_closed && day <= *m_closed) {
        return;
    }
    m_closed = day;
    std::erase_if(m_clusters, [&](auto const& each) {
        bool const is_past = each.second.last_day < day && each.second.awaited == 0;
        if (is_past) {
            close(each.second);
        }
        return is_past;
    });
    // Seldom, as it looks at everything that is held; what makes places busy, more seldom still.
    if (day > m_cleared + whole(m_rules.widest_days())) {
        m_cleared = day;
        m_cells.drop_before(day);
    }
    if (day > m_forgotten + whole(m_rules.longest)) {
        m_forgotten = day;
        m_around.drop_before(day - whole(m_rules.busy_days) - whole(m_rules.longest));
    }
}

void SameEventSweep::close(Cluster const& cluster) {
    decide(cluster);
    for (std::size_t const member : cluster.members) {
        auto const entry = m_entries.find(member);
        m_came.erase(entry->second.prepared.telling.event);
        m_entries.erase(entry);
    }
}

void SameEventSweep::decide(Cluster const& cluster) {
    std::vector<PreparedTelling*> members;
    members.reserve(cluster.members.size());
    for (std::size_t const number : cluster.members) {
        Entry& entry = m_entries.at(number);
        if (cluster.members.size() > 1) {
            read(entry);
        }
        members.push_back(&entry.prepared);
    }
    sort_as_told(members);
    TellingCluster told{.members = {members.begin(), members.end()}, .merged = {}};
    if (!m_merges.empty()) {
        told.merged = merges_among(told.members);
    }
    m_decided(happenings_of(told, m_comparison, m_rules.weight(SameEventRules::Sign::not_compared)));
}

std::vector<std::pair<std::size_t, std::size_t>>
SameEventSweep::merges_among(std::vector<PreparedTelling const*> const& members) const {
    std::map<std::string_view, std::size_t> at;
    for (std::size_t i = 0; i < members.size(); ++i) {
        at.emplace(members[i]->telling.event, i);
    }
    std::vector<std::pair<std::size_t, std::size_t>> merged;
    for (auto const& [event, place] : at) {
        auto const merges = m_merges.find(event);
        if (merges == m_merges.end()) {
            continue;
        }
        for (std::string_view const same : merges->second) {
            if (auto const other = at.find(same); other != at.end()) {
                merged.emplace_back(std::minmax(place, other->second));
            }
        }
    }
    std::ranges::sort(merged);
    merged.erase(std::unique(merged.begin(), merged.end()), merged.end());
    return merged;
}

} // namespace kharita::event
