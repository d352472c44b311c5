#pragma once

#include <cassert>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace kharita::tile {

/// A column of numbers that was given, and what was appended to it since. What was given may lie in a file
/// that is mapped into memory, which must then outlive it, and its copies.
template <typename Number>
class Grown {
public:
    Grown() = default;
    explicit(false) Grown(std::vector<Number> own) : m_own{std::move(own)} {}
    explicit Grown(std::span<Number const> given) : m_given{given} {}

    std::size_t size() const noexcept { return m_given.size() + m_own.size(); }
    bool empty() const noexcept { return size() == 0; }

    /// What was given, and what was appended.
    std::span<Number const> given() const noexcept { return m_given; }
    std::span<Number const> own() const noexcept { return m_own; }

    /// The whole of a column of which all was given, or all appended.
    std::span<Number const> all() const noexcept {
        assert(m_given.empty() || m_own.empty());
        return m_own.empty() ? m_given : std::span<Number const>{m_own};
    }

    /// Part of what was given, or of what was appended, not of both.
    std::span<Number const> run(std::size_t begin, std::size_t count) const noexcept {
        if (begin + count <= m_given.size()) {
            return m_given.subspan(begin, count);
        }
        assert(begin >= m_given.size());
        return std::span{m_own}.subspan(begin - m_given.size(), count);
    }

    void append(std::span<Number const> more) { m_own.insert(m_own.end(), more.begin(), more.end()); }
    void push_back(Number number) { m_own.push_back(number); }
    void reserve(std::size_t count) { m_own.reserve(count); }

private:
    std::span<Number const> m_given;
    std::vector<Number> m_own;
};

} // namespace kharita::tile
