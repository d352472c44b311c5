#pragma once

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

#include "event/telling_comparison.hpp"

namespace kharita::event {

/// Which tellings of the last days may be near a telling: a grid over the ground, and lists of places of one
/// name, which may lie farther apart than the grid looks (a town and its province). Members are numbers that
/// grow with the day that they begin on.
class NearCells {
public:
    explicit NearCells(SameEventRules const& rules) : m_rules{rules} {}

    void add(std::size_t number, PreparedTelling const& telling);

    /// Numbers whose cell is near that of the telling, and those of its name; ascending, each once. Valid
    /// until the next call.
    std::vector<std::size_t> const& near(PreparedTelling const& telling);

    /// Forgets members that end before a day.
    void drop_before(std::int64_t day);

private:
    struct Member {
        std::size_t number = 0;
        std::int64_t last_day = 0;
    };
    using Cells = std::unordered_map<std::uint64_t, std::vector<Member>>;

    double reach_degrees() const noexcept;
    std::int64_t row_of(PreparedTelling const& telling) const noexcept;
    std::int64_t column_of(PreparedTelling const& telling, std::int64_t row, double aside) const noexcept;
    void take(Cells const& cells, std::uint64_t key);

    SameEventRules const& m_rules;
    Cells m_ground;
    Cells m_names;
    std::vector<std::size_t> m_found;
};

} // namespace kharita::event
