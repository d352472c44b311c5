#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace kharita {

/// Numbered lines of a text file, plain or gzip (told by its first bytes), read in bounded memory.
///
/// Lines end at LF; a CR before it and a UTF-8 byte order mark at the start are removed.
class LineReader {
public:
    /// Opens a file; "-" is standard input. Throws InputError naming the file.
    explicit LineReader(std::filesystem::path const& file);
    LineReader(LineReader const&) = delete;
    LineReader& operator=(LineReader const&) = delete;
    LineReader(LineReader&&) noexcept;
    LineReader& operator=(LineReader&&) noexcept;
    ~LineReader();

    /// The next line without its end, or nothing at the end of the file. Valid until the next call.
    /// Throws InputError when the file cannot be read on or its gzip data is damaged.
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
