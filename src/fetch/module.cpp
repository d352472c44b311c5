#include <array>
#include <cstddef>
#include <exception>
#include <memory>
#include <string>

#include <curl/curl.h>
#include <fmt/format.h>

#include "base/download.hpp"

namespace kharita::fetch {

namespace {

struct FreeCurl {
    void operator()(CURL* curl) const noexcept { curl_easy_cleanup(curl); }
};
using CurlPtr = std::unique_ptr<CURL, FreeCurl>;

/// A transfer while it runs; libcurl calls back into it.
struct Transfer {
    Request const& request;
    CURL* curl = nullptr;
    std::uint64_t arrived = 0;
    std::exception_ptr thrown; ///< by the body's taker; must not pass through C

    long status() const noexcept {
        long code = 0;
        curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &code); // NOLINT(*-vararg): libcurl
        return code;
    }
};

// Called from C: must not throw. Taking fewer bytes than given ends the transfer.
std::size_t take_body(char* bytes, std::size_t size, std::size_t count, void* context) noexcept {
    auto& transfer = *static_cast<Transfer*>(context);
    if (transfer.status() != 200) {
        return size * count; // the page that explains an error is not the file
    }
    transfer.arrived += size * count;
    if (transfer.arrived > transfer.request.max_bytes) {
        return 0;
    }
    try {
        transfer.request.body({bytes, size * count});
        if (transfer.request.progress) {
            curl_off_t length = 0;
            curl_easy_getinfo(transfer.curl, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length); // NOLINT(*-vararg)
            transfer.request.progress(transfer.arrived, length > 0 ? static_cast<std::uint64_t>(length) : 0);
        }
    } catch (...) {
        transfer.thrown = std::current_exception();
        return 0;
    }
    return size * count;
}

/// The words of a status that people meet; the number says it for the others.
char const* status_words(long status) noexcept {
    switch (status) {
    case 401:
        return " Unauthorized";
    case 403:
        return " Forbidden";
    case 404:
        return " Not Found: there is no such file";
    case 429:
        return " Too Many Requests: try again later";
    case 500:
        return " Internal Server Error";
    case 503:
        return " Service Unavailable: try again later";
    default:
        return "";
    }
}

std::string problem_of(Transfer const& transfer, CURLcode code, char const* details) {
    if (transfer.thrown) {
        std::rethrow_exception(transfer.thrown);
    }
    if (code == CURLE_WRITE_ERROR && transfer.arrived > transfer.request.max_bytes) {
        return fmt::format("more than {} bytes arrive; that cannot be the file", transfer.request.max_bytes);
    }
    if (code != CURLE_OK) {
        std::string const words = *details == '\0' ? curl_easy_strerror(code) : details;
        return code == CURLE_PARTIAL_FILE ? "the connection ended too early: " + words : words;
    }
    long const status = transfer.status();
    return status == 200 ? std::string{}
                         : fmt::format("the server answers {}{}", status, status_words(status));
}

std::string run(Request const& request) {
    CurlPtr const curl{curl_easy_init()};
    if (!curl) {
        return "libcurl cannot be started";
    }
    Transfer transfer{request, curl.get(), 0, nullptr};
    std::array<char, CURL_ERROR_SIZE> details{};
    CURL* const handle = curl.get();
    // NOLINTBEGIN(*-vararg): that is libcurl's interface
    curl_easy_setopt(handle, CURLOPT_URL, request.url.c_str());
    curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(handle, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 1L);
    curl_easy_setopt(handle, CURLOPT_MAXREDIRS, 10L);
    curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(handle, CURLOPT_CONNECTTIMEOUT, 30L);
    curl_easy_setopt(handle, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt(handle, CURLOPT_LOW_SPEED_TIME, 60L);
    curl_easy_setopt(handle, CURLOPT_USERAGENT, "kharita");
    curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, details.data());
    curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(handle, CURLOPT_WRITEDATA, &transfer);
    // NOLINTEND(*-vararg)
    CURLcode const code = curl_easy_perform(handle);
    return problem_of(transfer, code, details.data());
}

} // namespace

} // namespace kharita::fetch

extern "C" void kharita_fetch(int version, kharita::fetch::Request const& request, std::string& problem) {
    problem = version == kharita::fetch::module_version
                  ? kharita::fetch::run(request)
                  : "kharita_fetch.so is of another version than the program; please install both anew";
}
