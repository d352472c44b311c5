#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace kharita {

/// More than any record has; a few bytes of gzip can claim a line that fills the memory.
inline constexpr std::size_t longest_line = std::size_t{1} << 30U;

/// Numbered lines of a text file, plain or gzip (told by its first bytes), read in memory for one of them.
///
/// Lines end at LF; a CR before it and a UTF-8 byte order mark at the start are removed.
class LineReader {
public:
    /// Opens a file; "-" is standard input. Throws InputError naming the file. Lines may have `longest`
    /// bytes.
    explicit LineReader(std::filesystem::path const& file, std::size_t longest = longest_line);
    LineReader(LineReader const&) = delete;
    LineReader& operator=(LineReader const&) = delete;
    LineReader(LineReader&&) noexcept;
    LineReader& operator=(LineReader&&) noexcept;
    ~LineReader();

    /// The next line without its end, or nothing at the end of the file. Valid until the next call.
    /// Throws InputError when the file cannot be read on, its gzip data is damaged, or a line is too long.
    std::optional<std::string_view> next();

    /// Number of the line that next() returned last, counted from 1.
    std::size_t line_number() const noexcept;

    /// The name as messages show it.
    std::string const& name() const noexcept;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace kharita
