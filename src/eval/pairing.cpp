#include "eval/pairing.hpp"

#include <algorithm>
#include <limits>

namespace kharita::eval {

namespace {

/// A square problem of least cost, rows and columns counted from 1; 0 stands for "none".
class Assignment {
public:
    explicit Assignment(std::size_t size)
        : m_size{size},
          m_cost((size + 1) * (size + 1)),
          m_row_potential(size + 1),
          m_column_potential(size + 1),
          m_row_of(size + 1),
          m_way(size + 1) {}

    double& cost(std::size_t row, std::size_t column) { return m_cost[row * (m_size + 1) + column]; }

    void solve() {
        for (std::size_t row = 1; row <= m_size; ++row) {
            add(row);
        }
    }

    std::size_t row_of(std::size_t column) const { return m_row_of[column]; }

private:
    void add(std::size_t row) {
        m_row_of[0] = row;
        std::size_t at = 0;
        std::vector<double> least(m_size + 1, std::numeric_limits<double>::infinity());
        std::vector<bool> used(m_size + 1);
        do {
            used[at] = true;
            std::size_t const here = m_row_of[at];
            double step = std::numeric_limits<double>::infinity();
            std::size_t next = 0;
            for (std::size_t column = 1; column <= m_size; ++column) {
                if (used[column]) {
                    continue;
                }
                double const reduced =
                    cost(here, column) - m_row_potential[here] - m_column_potential[column];
                if (reduced < least[column]) {
                    least[column] = reduced;
                    m_way[column] = at;
                }
                if (least[column] < step) {
                    step = least[column];
                    next = column;
                }
            }
            shift(used, least, step);
            at = next;
        } while (m_row_of[at] != 0);
        while (at != 0) {
            m_row_of[at] = m_row_of[m_way[at]];
            at = m_way[at];
        }
    }

    void shift(std::vector<bool> const& used, std::vector<double>& least, double step) {
        for (std::size_t column = 0; column <= m_size; ++column) {
            if (used[column]) {
                m_row_potential[m_row_of[column]] += step;
                m_column_potential[column] -= step;
            } else {
                least[column] -= step;
            }
        }
    }

    std::size_t m_size;
    std::vector<double> m_cost;
    std::vector<double> m_row_potential;
    std::vector<double> m_column_potential;
    std::vector<std::size_t> m_row_of; ///< the row that a column is given to
    std::vector<std::size_t> m_way;
};

} // namespace

std::vector<std::pair<std::size_t, std::size_t>>
best_pairs(std::size_t rows, std::size_t columns,
           std::function<double(std::size_t, std::size_t)> const& weight) {
    std::vector<std::pair<std::size_t, std::size_t>> pairs;
    std::size_t const size = std::max(rows, columns);
    if (size == 0) {
        return pairs;
    }
    Assignment problem{size};
    for (std::size_t row = 0; row < rows; ++row) {
        for (std::size_t column = 0; column < columns; ++column) {
            problem.cost(row + 1, column + 1) = -weight(row, column);
        }
    }
    problem.solve();
    for (std::size_t column = 1; column <= size; ++column) {
        std::size_t const row = problem.row_of(column);
        if (problem.cost(row, column) < 0) {
            pairs.emplace_back(row - 1, column - 1);
        }
    }
    return pairs;
}

} // namespace kharita::eval
