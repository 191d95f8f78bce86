// What is run inside Thunderbird, with the rights of its own windows, before each script of a test.
const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
const window = Services.wm.getMostRecentWindow("mail:3pane");

const pause = () => new Promise((go) => window.setTimeout(go, 100));

async function until(what, condition) {
  for (let i = 0; i < 1000; i++) {
    const value = condition();
    if (value) {
      return value;
    }
    await pause();
  }
  throw new Error("never: " + what);
}

const account = () => MailServices.accounts.accounts.find((one) => one.incomingServer.type === "imap");

/** A folder by the path of its names. */
function folder(path) {
  const found = account().incomingServer.rootFolder.descendants.find((one) => pathOf(one) === path);
  if (!found) {
    throw new Error("no such folder");
  }
  return found;
}

const pathOf = (one) => (one.parent.isServer ? one.name : pathOf(one.parent) + "/" + one.name);

/** What the account wizard does, and what a click on "Confirm Security Exception" does. */
async function addAccount({ user, password, imaps, submissions, certificate }) {
  const known = Cc["@mozilla.org/security/x509certdb;1"].getService(Ci.nsIX509CertDB).constructX509FromBase64(certificate);
  const exceptions = Cc["@mozilla.org/security/certoverride;1"].getService(Ci.nsICertOverrideService);
  for (const port of [imaps, submissions]) {
    exceptions.rememberValidityOverride("localhost", port, {}, known, true);
  }
  for (const origin of ["imap://localhost", "smtp://localhost"]) {
    const login = Cc["@mozilla.org/login-manager/loginInfo;1"].createInstance(Ci.nsILoginInfo);
    login.init(origin, null, origin, user, password, "", "");
    await Services.logins.addLoginAsync(login);
  }
  const incoming = MailServices.accounts.createIncomingServer(user, "localhost", "imap");
  incoming.port = imaps;
  incoming.socketType = Ci.nsMsgSocketType.SSL;
  incoming.authMethod = Ci.nsMsgAuthMethod.passwordCleartext;
  incoming.password = password;
  incoming.valid = true;
  const outgoing = MailServices.outgoingServer.createServer("smtp").QueryInterface(Ci.nsISmtpServer);
  outgoing.hostname = "localhost";
  outgoing.port = submissions;
  outgoing.socketType = Ci.nsMsgSocketType.SSL;
  outgoing.authMethod = Ci.nsMsgAuthMethod.passwordCleartext;
  outgoing.username = user;
  const identity = MailServices.accounts.createIdentity();
  identity.email = user;
  identity.smtpServerKey = outgoing.key;
  const added = MailServices.accounts.createAccount();
  added.addIdentity(identity);
  added.incomingServer = incoming;
  MailServices.accounts.defaultAccount = added;
  incoming.performExpand(window.msgWindow);
}

/** What Thunderbird takes the folders for, by their paths. */
function folders() {
  const uses = { inbox: 0x1000, drafts: 0x400, sent: 0x200, trash: 0x100 };
  const all = {};
  for (const one of account().incomingServer.rootFolder.descendants) {
    all[pathOf(one)] = Object.keys(uses).filter((use) => one.flags & uses[use]).join(" ");
  }
  return all;
}

/** What a click on a folder does. */
function open(path) {
  return new Promise((go, fail) => {
    const done = (status) => (status ? fail(new Error("opening ended with " + status)) : go());
    folder(path).QueryInterface(Ci.nsIMsgImapMailFolder).updateFolderWithListener(window.msgWindow, {
      OnStartRunningUrl() {},
      OnStopRunningUrl(url, status) {
        done(status);
      },
    });
  });
}

/** What the list of a folder shows, without any look at the server. */
function list(path) {
  return [...folder(path).messages].map((message) => ({
    subject: message.mime2DecodedSubject,
    read: message.isRead,
    starred: message.isFlagged,
    answered: !!(message.flags & 0x2),
    tags: message.getStringProperty("keywords"),
    whole: !!(message.flags & 0x80),
  }));
}

function message(path, subject) {
  return until("a message with this subject", () =>
    [...folder(path).messages].find((one) => one.mime2DecodedSubject === subject));
}

/** The text of a message, as it is shown. */
async function text(path, subject) {
  const shown = await message(path, subject);
  const { MsgHdrToMimeMessage } = ChromeUtils.importESModule("resource:///modules/gloda/MimeMessage.sys.mjs");
  return new Promise((go) =>
    MsgHdrToMimeMessage(shown, null, (header, mime) => go(mime.coerceBodyToPlaintext(shown.folder)), true));
}

/** What a press on "Reply", some typing and a press on "Send" do. */
async function answer(path, subject, words) {
  const original = await message(path, subject);
  const wanted = Cc["@mozilla.org/messengercompose/composeparams;1"].createInstance(Ci.nsIMsgComposeParams);
  wanted.type = Ci.nsIMsgCompType.Reply;
  wanted.format = Ci.nsIMsgCompFormat.PlainText;
  wanted.identity = account().defaultIdentity;
  wanted.originalMsgURI = original.folder.getUriForMsg(original);
  wanted.origMsgHdr = original;
  wanted.composeFields = Cc["@mozilla.org/messengercompose/composefields;1"].createInstance(Ci.nsIMsgCompFields);
  MailServices.compose.OpenComposeWindowWithParams(null, wanted);
  const writing = await until("a window to write in", () => {
    const one = Services.wm.getMostRecentWindow("msgcompose");
    return one?.composeEditorReady && one.gMsgCompose?.editor && one;
  });
  writing.gMsgCompose.editor.beginningOfDocument();
  writing.gMsgCompose.editor.insertText(words);
  const end = new Promise((go, fail) => {
    writing.gMsgCompose.RegisterStateListener({
      QueryInterface: ChromeUtils.generateQI(["nsIMsgComposeStateListener"]),
      NotifyComposeFieldsReady() {},
      NotifyComposeBodyReady() {},
      SaveInFolderDone() {},
      ComposeProcessDone(status) {
        status ? fail(new Error("sending ended with " + status)) : go();
      },
    });
  });
  writing.goDoCommand("cmd_sendNow");
  await end;
}

/** Reading, starring and tagging. */
async function mark(path, subject) {
  const one = await message(path, subject);
  one.folder.markMessagesRead([one], true);
  one.folder.markMessagesFlagged([one], true);
  one.folder.addKeywordsToMessages([one], "$label1");
}

/** What the Delete key does. */
async function remove(path, subject) {
  const one = await message(path, subject);
  one.folder.deleteMessages([one], window.msgWindow, false, false, null, true);
}

/** A search on the server; the subjects of what it finds. */
function search(path, words) {
  const session = Cc["@mozilla.org/messenger/searchSession;1"].createInstance(Ci.nsIMsgSearchSession);
  const term = session.createTerm();
  const value = term.value;
  value.attrib = Ci.nsMsgSearchAttrib.Body;
  value.str = words;
  term.value = value;
  term.attrib = Ci.nsMsgSearchAttrib.Body;
  term.op = Ci.nsMsgSearchOp.Contains;
  session.appendTerm(term);
  session.addScopeTerm(Ci.nsMsgSearchScope.onlineMail, folder(path));
  const found = [];
  return new Promise((go) => {
    session.registerListener({
      QueryInterface: ChromeUtils.generateQI(["nsIMsgSearchNotify"]),
      onNewSearch() {},
      onSearchHit: (hit) => found.push(hit.mime2DecodedSubject),
      onSearchDone: () => go(found),
    }, Ci.nsIMsgSearchSession.allNotifications);
    session.search(window.msgWindow);
  });
}
