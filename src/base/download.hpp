#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace kharita {

/// How a download went on: what arrived so far, and how much there will be (0: unknown), in bytes.
using DownloadProgress = std::function<void(std::uint64_t arrived, std::uint64_t total)>;

/// Downloads a file by http or https into `file`, which appears whole or not at all; an existing one is
/// replaced. Redirections are followed, certificates checked. The library that does it (libcurl) is loaded by
/// the first call.
///
/// Throws InputError naming the address and what is wrong: no network or no such host, a status other than
/// 200 ("404 Not Found"), fewer bytes than announced, more than `max_bytes`, nothing arriving for a minute.
void download(std::string const& url, std::filesystem::path const& file, std::uint64_t max_bytes,
              DownloadProgress const& progress);

/// What the program and the module kharita_fetch.so agree on.
namespace fetch {

inline constexpr int module_version = 1;

struct Request {
    std::string url;
    std::uint64_t max_bytes = 0;
    std::function<void(std::string_view)> body; ///< called with what arrives; may throw
    DownloadProgress progress;
};

/// The function `kharita_fetch` that the module exports; `problem` becomes what went wrong, or stays empty.
using Entry = void (*)(int version, Request const& request, std::string& problem);

} // namespace fetch

} // namespace kharita
