#include "base/hash.hpp"

#include <algorithm>
#include <span>

#include <openssl/evp.h>
#include <xxhash.h>
#if __has_include(<xxh_x86dispatch.h>) && defined(__x86_64__)
#include <xxh_x86dispatch.h> // with the widest registers that the processor has; hashes are the same
#endif

#include "base/error.hpp"
#include "base/loaded_module.hpp"

namespace kharita {

namespace {

/// What SHA-256 needs of OpenSSL, loaded when it is first needed: half a megabyte of its tables is written to
/// as it starts.
struct CryptoLibrary {
    LoadedModule library = LoadedModule::library(KHARITA_CRYPTO_LIBRARY);

    decltype(&::EVP_MD_fetch) fetch = library.function<decltype(fetch)>("EVP_MD_fetch");
    decltype(&::EVP_MD_free) free = library.function<decltype(free)>("EVP_MD_free");
    decltype(&::EVP_MD_CTX_new) new_context = library.function<decltype(new_context)>("EVP_MD_CTX_new");
    decltype(&::EVP_MD_CTX_free) free_context = library.function<decltype(free_context)>("EVP_MD_CTX_free");
    decltype(&::EVP_DigestInit_ex2) begin = library.function<decltype(begin)>("EVP_DigestInit_ex2");
    decltype(&::EVP_DigestUpdate) update = library.function<decltype(update)>("EVP_DigestUpdate");
    decltype(&::EVP_DigestFinal_ex) finish = library.function<decltype(finish)>("EVP_DigestFinal_ex");
};

CryptoLibrary const& crypto() {
    static CryptoLibrary const loaded;
    return loaded;
}

struct FreeContext {
    void operator()(EVP_MD_CTX* context) const noexcept { crypto().free_context(context); }
};

struct FreeDigest {
    void operator()(EVP_MD* digest) const noexcept { crypto().free(digest); }
};

/// SHA-256 of this OpenSSL, looked for once: each look takes as long as hashing a kilobyte.
EVP_MD const* sha256_digest() {
    static std::unique_ptr<EVP_MD, FreeDigest> const digest{crypto().fetch(nullptr, "SHA256", nullptr)};
    return digest.get();
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
    std::unique_ptr<EVP_MD_CTX, FreeContext> context{crypto().new_context()};
};

Sha256::Sha256() : m_state{std::make_unique<State>()} {
    EVP_MD const* const digest = sha256_digest();
    if (!m_state->context || digest == nullptr ||
        crypto().begin(m_state->context.get(), digest, nullptr) != 1) {
        fail<Error>("SHA-256 is not available in this OpenSSL");
    }
}

Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;
Sha256::~Sha256() = default;

Sha256& Sha256::bytes(std::string_view data) {
    if (crypto().update(m_state->context.get(), data.data(), data.size()) != 1) {
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
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned length = 0;
    if (crypto().finish(m_state->context.get(), digest.data(), &length) != 1) {
        fail<Error>("SHA-256: the digest could not be finished");
    }
    std::string text = hex_of(std::span{digest}.first(length));
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
