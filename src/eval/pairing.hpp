#pragma once

#include <cstddef>
#include <functional>
#include <utility>
#include <vector>

namespace kharita::eval {

/// Pairs `rows` things with `columns` others one to one, so that the sum of the pairs' weights is greatest;
/// pairs of weight 0 are not made. In order of the column. Weights are 0 or more.
///
/// Source: the Hungarian method with potentials, as in most textbooks on combinatorial optimisation; of
/// equally good pairings the one that adding row by row comes to.
std::vector<std::pair<std::size_t, std::size_t>>
best_pairs(std::size_t rows, std::size_t columns,
           std::function<double(std::size_t, std::size_t)> const& weight);

} // namespace kharita::eval
