#include "event/linked_groups.hpp"

#include <algorithm>

namespace kharita::event {

LinkedGroups::LinkedGroups(std::span<Origin const> origins, double not_compared)
    : m_not_compared{not_compared},
      m_members(origins.size()),
      m_origins(origins.size()),
      m_links(origins.size()) {
    for (std::size_t i = 0; i < origins.size(); ++i) {
        m_members[i] = {i};
        m_origins[i] = {origins[i]};
    }
}

void LinkedGroups::link(std::size_t a, std::size_t b, double score) {
    m_links[a][b] = m_links[b][a] = {.sum = score, .count = 1};
    if (score > 0) {
        m_queue.push({score, std::min(a, b), std::max(a, b)});
    }
}

std::vector<std::vector<std::size_t>> LinkedGroups::join() {
    while (!m_queue.empty()) {
        Step const step = m_queue.top();
        m_queue.pop();
        // A step is of the past when one of its groups has grown or is gone.
        if (!m_members[step.a].empty() && !m_members[step.b].empty() && mean(step.a, step.b) == step.score) {
            unite(step.a, step.b);
        }
    }
    std::vector<std::vector<std::size_t>> groups;
    for (auto& members : m_members) {
        if (members.size() > 1) {
            std::ranges::sort(members);
            groups.push_back(std::move(members));
        }
    }
    std::ranges::sort(groups);
    return groups;
}

double LinkedGroups::mean(std::size_t a, std::size_t b) const {
    auto const found = m_links[a].find(b);
    Link const link = found == m_links[a].end() ? Link{} : found->second;
    if (link.sum < ordered && contradict(a, b)) {
        return -ordered;
    }
    auto const pairs = static_cast<double>(m_members[a].size() * m_members[b].size());
    return (link.sum + m_not_compared * (pairs - static_cast<double>(link.count))) / pairs;
}

bool LinkedGroups::contradict(std::size_t a, std::size_t b) const {
    auto left = m_origins[a].begin();
    auto right = m_origins[b].begin();
    while (left != m_origins[a].end() && right != m_origins[b].end()) {
        if (left->source == right->source && left->spot != right->spot) {
            return true;
        }
        ++(*left < *right ? left : right);
    }
    return false;
}

/// Puts the members of `b` into `a`.
void LinkedGroups::unite(std::size_t a, std::size_t b) {
    m_members[a].insert(m_members[a].end(), m_members[b].begin(), m_members[b].end());
    m_members[b].clear();
    auto const own = static_cast<std::ptrdiff_t>(m_origins[a].size());
    m_origins[a].insert(m_origins[a].end(), m_origins[b].begin(), m_origins[b].end());
    std::inplace_merge(m_origins[a].begin(), m_origins[a].begin() + own, m_origins[a].end());
    m_origins[a].erase(std::unique(m_origins[a].begin(), m_origins[a].end()), m_origins[a].end());
    m_origins[b].clear();
    for (auto const& [other, link] : m_links[b]) {
        m_links[other].erase(b);
        if (other != a) {
            Link& both = m_links[a][other];
            both.sum += link.sum;
            both.count += link.count;
        }
    }
    m_links[b].clear();
    for (auto const& [other, link] : m_links[a]) {
        m_links[other][a] = link;
        if (double const score = mean(a, other); score > 0) {
            m_queue.push(
                {mean(std::min(a, other), std::max(a, other)), std::min(a, other), std::max(a, other)});
        }
    }
}

} // namespace kharita::event
