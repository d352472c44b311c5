#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace kharita {

/// SHA-256, for identities and manifests. Fields are added one by one; `field()` is unambiguous: it hashes
/// the length before the bytes, so ("ab","c") and ("a","bc") differ.
class Sha256 {
public:
    Sha256();
    Sha256(Sha256 const&) = delete;
    Sha256& operator=(Sha256 const&) = delete;
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;
    ~Sha256();

    /// Adds bytes as they are.
    Sha256& bytes(std::string_view data);
    /// Adds the length of `data` as 8 little-endian bytes, then the bytes.
    Sha256& field(std::string_view data);
    /// Adds a number as 8 little-endian bytes.
    Sha256& number(std::uint64_t value);

    /// The digest as lower-case hexadecimal, its first `digits` of 64. Ends the hash.
    std::string hex(std::size_t digits = 64);

private:
    struct State;
    std::unique_ptr<State> m_state;
};

/// SHA-256 of the bytes, 64 hexadecimal digits.
std::string sha256_hex(std::string_view data);

/// XXH3 64-bit, for hash tables and content de-duplication; never for identity.
std::uint64_t xxh3(std::string_view data) noexcept;

/// XXH3 128-bit, 32 hexadecimal digits: tells contents apart that nobody made to collide.
std::string xxh3_128_hex(std::string_view data);

} // namespace kharita
