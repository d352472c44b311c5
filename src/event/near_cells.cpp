#include "event/near_cells.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <numbers>
#include <string_view>

#include "base/hash.hpp"

namespace kharita::event {

namespace {

constexpr std::uint64_t spread = 0x9E3779B97F4A7C15U;

std::uint64_t cell_key(std::string_view family, std::int64_t row, std::int64_t column) noexcept {
    return xxh3(family) ^ (static_cast<std::uint64_t>(row) * spread) ^
           (static_cast<std::uint64_t>(column) * spread * spread);
}

std::uint64_t name_key(PreparedTelling const& telling) noexcept {
    return xxh3(telling.family) * spread + xxh3(telling.telling.place_name);
}

} // namespace

double NearCells::reach_degrees() const noexcept {
    constexpr double km_a_degree = 110.5; // of latitude, at least
    return m_rules.km_high / km_a_degree;
}

/// A row is as high as the grid's reach.
std::int64_t NearCells::row_of(PreparedTelling const& telling) const noexcept {
    return static_cast<std::int64_t>(std::floor(telling.telling.at.lat / reach_degrees()));
}

/// Columns of a row are as wide as it is high; `aside` moves by so many degrees of latitude.
std::int64_t NearCells::column_of(PreparedTelling const& telling, std::int64_t row,
                                  double aside) const noexcept {
    constexpr double narrowest = 0.01; // near the poles
    double const widest = std::min(std::abs(static_cast<double>(row) * reach_degrees()),
                                   std::abs(static_cast<double>(row + 1) * reach_degrees()));
    double const shrink = std::max(narrowest, std::cos(widest * std::numbers::pi / 180));
    constexpr double slack = 1.05; // rows are told by their nearer edge to the equator
    return static_cast<std::int64_t>(
        std::floor((telling.telling.at.lon * shrink + aside * slack) / reach_degrees()));
}

void NearCells::add(std::size_t number, PreparedTelling const& telling) {
    Member const member{.number = number, .last_day = telling.last_day};
    auto const row = row_of(telling);
    m_ground[cell_key(telling.family, row, column_of(telling, row, 0))].push_back(member);
    if (!telling.telling.place_name.empty()) {
        m_names[name_key(telling)].push_back(member);
    }
}

void NearCells::take(Cells const& cells, std::uint64_t key) {
    auto const found = cells.find(key);
    if (found != cells.end()) {
        for (Member const& member : found->second) {
            m_found.push_back(member.number);
        }
    }
}

std::vector<std::size_t> const& NearCells::near(PreparedTelling const& telling) {
    m_found.clear();
    auto const middle = row_of(telling);
    for (std::int64_t row = middle - 1; row <= middle + 1; ++row) {
        auto const west = column_of(telling, row, -reach_degrees());
        auto const east = column_of(telling, row, reach_degrees());
        for (auto column = west; column <= east; ++column) {
            take(m_ground, cell_key(telling.family, row, column));
        }
    }
    if (!telling.telling.place_name.empty()) {
        take(m_names, name_key(telling));
    }
    std::ranges::sort(m_found);
    m_found.erase(std::unique(m_found.begin(), m_found.end()), m_found.end());
    return m_found;
}

void NearCells::drop_before(std::int64_t day) {
    for (Cells* const cells : {&m_ground, &m_names}) {
        for (auto each = cells->begin(); each != cells->end();) {
            std::erase_if(each->second, [day](Member const& member) { return member.last_day < day; });
            each = each->second.empty() ? cells->erase(each) : std::next(each);
        }
    }
}

} // namespace kharita::event
