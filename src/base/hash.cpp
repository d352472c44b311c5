#include "base/hash.hpp"

#include <algorithm>
#include <span>

#define OPENSSL_SUPPRESS_DEPRECATED // NOLINT(*-macro-usage): for the functions of SHA-256 alone, see below
#include <openssl/sha.h>
#include <xxhash.h>
#if __has_include(<xxh_x86dispatch.h>) && defined(__x86_64__)
#include <xxh_x86dispatch.h> // with the widest registers that the processor has; hashes are the same
#endif

#include "base/error.hpp"
#include "base/loaded_module.hpp"

namespace kharita {

namespace {

/// SHA-256 of OpenSSL, loaded when it is first needed: half a megabyte of its tables is written to as it
/// starts. Its functions for any digest would take another 2 MiB and a millisecond, which is much to a
/// command that hashes a few tiles: for providers and all that these offer.
struct CryptoLibrary {
    LoadedModule library = LoadedModule::library(KHARITA_CRYPTO_LIBRARY);

    decltype(&::SHA256_Init) begin = library.function<decltype(begin)>("SHA256_Init");
    decltype(&::SHA256_Update) update = library.function<decltype(update)>("SHA256_Update");
    decltype(&::SHA256_Final) finish = library.function<decltype(finish)>("SHA256_Final");
};

CryptoLibrary const& crypto() {
    static CryptoLibrary const loaded;
    return loaded;
}

std::array<char, 8> little_endian(std::uint64_t value) noexcept {
    std::array<char, 8> bytes{};
    for (char& byte : bytes) {
        byte = static_cast<char>(value & 0xFFU);
        value >>= 8U;
    }
    return bytes;
}

std::string hex_of(std::span<unsigned char const> bytes) {
    constexpr std::string_view hex_digits = "0123456789abcdef";
    std::string text;
    text.reserve(2 * bytes.size());
    for (unsigned char const byte : bytes) {
        text += hex_digits[byte >> 4U];
        text += hex_digits[byte & 0xFU];
    }
    return text;
}

} // namespace

struct Sha256::State {
    SHA256_CTX context{};
};

Sha256::Sha256() : m_state{std::make_unique<State>()} {
    if (crypto().begin(&m_state->context) != 1) {
        fail<Error>("SHA-256 is not available in this OpenSSL");
    }
}

Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;
Sha256::~Sha256() = default;

Sha256& Sha256::bytes(std::string_view data) {
    if (crypto().update(&m_state->context, data.data(), data.size()) != 1) {
        fail<Error>("SHA-256: the digest could not be updated");
    }
    return *this;
}

Sha256& Sha256::field(std::string_view data) {
    return number(data.size()).bytes(data);
}

Sha256& Sha256::number(std::uint64_t value) {
    auto const raw = little_endian(value);
    return bytes({raw.data(), raw.size()});
}

std::string Sha256::hex(std::size_t digits) {
    std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
    if (crypto().finish(digest.data(), &m_state->context) != 1) {
        fail<Error>("SHA-256: the digest could not be finished");
    }
    std::string text = hex_of(digest);
    text.resize(std::min(text.size(), digits));
    return text;
}

std::string sha256_hex(std::string_view data) {
    return Sha256{}.bytes(data).hex();
}

std::uint64_t xxh3(std::string_view data) noexcept {
    return XXH3_64bits(data.data(), data.size());
}

std::string xxh3_128_hex(std::string_view data) {
    XXH128_canonical_t bytes{};
    XXH128_canonicalFromHash(&bytes, XXH3_128bits(data.data(), data.size()));
    return hex_of(bytes.digest);
}

} // namespace kharita
