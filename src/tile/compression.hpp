#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace kharita::tile {

/// Compresses to gzip (RFC 1952) with no name and no time, so that equal bytes give equal results. One object
/// a thread; reusing it saves the set-up.
class GzipCompressor {
public:
    GzipCompressor();
    GzipCompressor(GzipCompressor const&) = delete;
    GzipCompressor& operator=(GzipCompressor const&) = delete;
    GzipCompressor(GzipCompressor&&) noexcept;
    GzipCompressor& operator=(GzipCompressor&&) noexcept;
    ~GzipCompressor();

    std::string compress(std::string_view bytes);
    /// The same; `bytes` is empty afterwards, and the memory of many is given back before as much is asked
    /// for.
    std::string compress_away(std::string& bytes);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// The content of one gzip member. Throws FormatError when it is damaged or longer than `max_bytes`.
std::string gunzip(std::string_view bytes, std::size_t max_bytes);

enum class Effort { quick, thorough };

/// Compresses to one zstd frame (RFC 8878) that states its size.
std::string zstd(std::string_view bytes, Effort effort = Effort::thorough);

/// The content of one zstd frame. Throws FormatError when it is damaged or longer than `max_bytes`.
std::string unzstd(std::string_view bytes, std::size_t max_bytes);

/// Whether the bytes begin as gzip does.
constexpr bool is_gzip(std::string_view bytes) noexcept {
    return bytes.size() >= 2 && bytes[0] == '\x1f' && bytes[1] == '\x8b';
}

} // namespace kharita::tile
