"""Who may do what with a citizen's account; rows of the table in ``agencies.permissions``."""

from typing import Final

from gongkai.web.agencies.permissions import PUBLIC, Scope, Table, system

#: Asking for a code is anybody's; whose account it is, the code and the cookie say.
SIGN_IN: Final = "portal.sign_in_to_account"
OWN_ACCOUNT: Final = "portal.own_account"
KEEP_ACCOUNTS: Final = "portal.keep_accounts"

#: The part of the system that warns of and erases forgotten accounts.
KEEPER: Final = "portal.accounts_keeper"

TABLE: Final[Table] = {
    SIGN_IN: {PUBLIC: Scope.ALL},
    OWN_ACCOUNT: {PUBLIC: Scope.ALL},
    KEEP_ACCOUNTS: {system(KEEPER): Scope.ALL},
}

#: The actions as the site's log calls them.
LABELS: Final = {
    "portal.ask_for_code": "公众账号：申请登录码",
    "portal.enter_code": "公众账号：输入登录码",
    "portal.sign_out": "公众账号：退出登录",
    "portal.list_case": "公众账号：加入申请",
    "portal.list_again": "公众账号：撤销移出",
    "portal.unlist_case": "公众账号：移出申请",
    "portal.keep_particulars": "公众账号：保存个人资料",
    "portal.drop_particulars": "公众账号：删除个人资料",
    "portal.delete_account": "公众账号：删除账号",
    "portal.warn_account": "公众账号：久未登录提醒",
    "portal.erase_account": "公众账号：久未登录删除",
}
